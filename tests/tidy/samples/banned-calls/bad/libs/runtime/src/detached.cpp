void act() {
  worker.detach();
}
