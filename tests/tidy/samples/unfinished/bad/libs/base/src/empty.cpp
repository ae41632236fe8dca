// This is only a stub.
int a;
