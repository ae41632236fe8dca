// if if if if if if if if if if if: words in a comment do not count.
const char* name(int state) {
  switch (state) {
    case 0: return "if (a && b || c)";
    case 1: return "one";
    case 2: return "two";
    case 3: return "three";
    case 4: return "four";
    case 5: return "five";
    case 6: return "six";
    case 7: return "seven";
    case 8: return "eight";
    case 9: return "nine";
    case 10: return "ten";
    default: return "more";
  }
}
template <class F>
void each(F&& first, F&& second) {
  auto&& a = first;
  auto&& b = second;
  a(b);
}
