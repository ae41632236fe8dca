int rank(int a, int b) {
  if (a > 1 && b > 1) return 1;
  if (a > 2 || b > 2) return 2;
  for (int i = 0; i < a; ++i) {
    if (i == b) return i;
  }
  while (b > 0) {
    b = b > 3 ? b - 3 : b - 1;
  }
  auto odd = [](int x) { return x % 2 == 1 && x > 0; };
  return odd(a) || odd(b) ? a : b;
}
