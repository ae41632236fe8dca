void act() {
  assert(open > 0);
}
