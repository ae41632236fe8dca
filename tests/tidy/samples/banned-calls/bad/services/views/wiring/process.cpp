void act() {
  system("true");
}
