void act() {
  std::regex pattern("a+");
}
