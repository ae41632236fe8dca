def rank(a, b, c):
    if a and b or c:
        return 1
    for i in range(a):
        if i == b:
            return [j for j in range(i) if j]
    while b:
        b = b - 1 if b > 3 else 0
    try:
        return a / b
    except ZeroDivisionError:
        return c and a and b
