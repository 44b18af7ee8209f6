#include "token_runs.h"

enum { TOKEN = 1, ALPHANUMERIC = 2 };

/* Digits and letters 3, the other token characters 1. */
static const uint8_t classes[256] = {
    ['0'] = 3, ['1'] = 3, ['2'] = 3, ['3'] = 3, ['4'] = 3, ['5'] = 3, ['6'] = 3, ['7'] = 3, ['8'] = 3, ['9'] = 3,
    ['A'] = 3, ['B'] = 3, ['C'] = 3, ['D'] = 3, ['E'] = 3, ['F'] = 3, ['G'] = 3, ['H'] = 3, ['I'] = 3, ['J'] = 3,
    ['K'] = 3, ['L'] = 3, ['M'] = 3, ['N'] = 3, ['O'] = 3, ['P'] = 3, ['Q'] = 3, ['R'] = 3, ['S'] = 3, ['T'] = 3,
    ['U'] = 3, ['V'] = 3, ['W'] = 3, ['X'] = 3, ['Y'] = 3, ['Z'] = 3, ['a'] = 3, ['b'] = 3, ['c'] = 3, ['d'] = 3,
    ['e'] = 3, ['f'] = 3, ['g'] = 3, ['h'] = 3, ['i'] = 3, ['j'] = 3, ['k'] = 3, ['l'] = 3, ['m'] = 3, ['n'] = 3,
    ['o'] = 3, ['p'] = 3, ['q'] = 3, ['r'] = 3, ['s'] = 3, ['t'] = 3, ['u'] = 3, ['v'] = 3, ['w'] = 3, ['x'] = 3,
    ['y'] = 3, ['z'] = 3, ['+'] = 1, ['/'] = 1, ['='] = 1, ['_'] = 1, ['.'] = 1, ['~'] = 1, [':'] = 1, ['-'] = 1,
};

static size_t longest_alphanumeric(const uint8_t *text, size_t start, size_t end) {
    size_t longest = 0, current = 0;
    for (size_t i = start; i < end; i++) {
        current = classes[text[i]] & ALPHANUMERIC ? current + 1 : 0;
        if (current > longest) longest = current;
    }
    return longest;
}

size_t windsock_token_runs(const uint8_t *text, size_t length, size_t minimum, size_t *position, windsock_run *runs,
                           size_t capacity) {
    size_t found = 0;
    size_t start = *position; /* no run begins before it that was not reported */
    while (found < capacity && length - start >= minimum) {
        /* From the last byte of a would-be run backwards: most of a text is passed over without a look. */
        size_t index = start + minimum;
        while (index > start && classes[text[index - 1]]) index--;
        if (index > start) {
            start = index;
            continue;
        }
        size_t end = start + minimum;
        while (end < length && classes[text[end]]) end++;
        runs[found++] = (windsock_run){start, end, longest_alphanumeric(text, start, end)};
        start = end;
    }
    *position = length - start >= minimum ? start : length;
    return found;
}
