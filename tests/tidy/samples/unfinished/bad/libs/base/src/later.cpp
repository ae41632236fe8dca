// TODO: count them
int a;
