#include "codes.h"

#include <string.h>

enum { LONGEST = 15, MOST_SYMBOLS = 288 };

#define BASE(base, extra_bits) ((uint32_t)(base) << 16 | (extra_bits))
#define NO_SYMBOL (WINDSOCK_SPECIAL | WINDSOCK_INVALID)

/* From symbol 256 on: the end of a block, then lengths (RFC 1951, 3.2.5). */
static const uint32_t length_entries[32] = {
    WINDSOCK_SPECIAL, BASE(3, 0),   BASE(4, 0),   BASE(5, 0),   BASE(6, 0),   BASE(7, 0),  BASE(8, 0),  BASE(9, 0),
    BASE(10, 0),      BASE(11, 1),  BASE(13, 1),  BASE(15, 1),  BASE(17, 1),  BASE(19, 2), BASE(23, 2), BASE(27, 2),
    BASE(31, 2),      BASE(35, 3),  BASE(43, 3),  BASE(51, 3),  BASE(59, 3),  BASE(67, 4), BASE(83, 4), BASE(99, 4),
    BASE(115, 4),     BASE(131, 5), BASE(163, 5), BASE(195, 5), BASE(227, 5), BASE(258, 0), NO_SYMBOL,  NO_SYMBOL};

static const uint32_t distance_entries[32] = {
    BASE(1, 0),     BASE(2, 0),     BASE(3, 0),      BASE(4, 0),      BASE(5, 1),     BASE(7, 1),     BASE(9, 2),
    BASE(13, 2),    BASE(17, 3),    BASE(25, 3),     BASE(33, 4),     BASE(49, 4),    BASE(65, 5),    BASE(97, 5),
    BASE(129, 6),   BASE(193, 6),   BASE(257, 7),    BASE(385, 7),    BASE(513, 8),   BASE(769, 8),   BASE(1025, 9),
    BASE(1537, 9),  BASE(2049, 10), BASE(3073, 10),  BASE(4097, 11),  BASE(6145, 11), BASE(8193, 12), BASE(12289, 12),
    BASE(16385, 13), BASE(24577, 13), NO_SYMBOL,     NO_SYMBOL};

static inline uint32_t entry(enum windsock_alphabet alphabet, unsigned symbol, unsigned length) {
    if (alphabet == WINDSOCK_DISTANCE) return distance_entries[symbol] + (length << 8 | length);
    if (symbol < 256) return WINDSOCK_LITERAL | symbol << 16 | length;
    return length_entries[symbol - 256] + (length << 8 | length);
}

/* The symbols by the lengths of their codes. */
struct order {
    uint16_t symbols[MOST_SYMBOLS];
    /* By length: how many. */
    unsigned counts[LONGEST + 1];
    unsigned longest;
};

/* Returns whether every sequence of bits is a code. */
static int sort_symbols(struct order *order, const uint8_t *lengths, const uint16_t *used, unsigned count) {
    /* Neighbours often have the same length: one counter would wait for itself. */
    uint16_t counts[4][LONGEST + 1];
    memset(counts, 0, sizeof counts);
    unsigned i = 0;
    for (; i + 4 <= count; i += 4)
        for (unsigned k = 0; k < 4; k++) counts[k][lengths[used[i + k]]]++;
    for (; i < count; i++) counts[0][lengths[used[i]]]++;

    unsigned starts[LONGEST + 1];
    unsigned sum = 0, space = 0;
    order->longest = 0;
    for (unsigned length = 1; length <= LONGEST; length++) {
        unsigned n = counts[0][length] + counts[1][length] + counts[2][length] + counts[3][length];
        order->counts[length] = n;
        starts[length] = sum;
        sum += n;
        space += n << (LONGEST - length);
        if (n) order->longest = length;
    }
    if (space != 1u << LONGEST) return 0;
    for (i = 0; i < count; i++) order->symbols[starts[lengths[used[i]]]++] = used[i];
    return 1;
}

/* Makes the second half of a table, of a size that is a power of two, the same as the first. */
static inline void double_table(uint32_t *table, unsigned size) {
    if (size >= 8) {
        for (unsigned i = 0; i < size; i += 8) memcpy(table + size + i, table + i, 32);
    } else {
        for (unsigned i = 0; i < size; i++) table[size + i] = table[i];
    }
}

/* How many bits a table has to be looked up with that begins with the codes of a length, of which `count` are left.
 * `first_bits` of the codes are looked up before. */
static unsigned link_bits(const struct order *order, unsigned first_bits, unsigned length, unsigned count) {
    unsigned room = 1u << (length - first_bits);
    while (length < order->longest && room > count) {
        room = (room - count) << 1;
        count = order->counts[++length];
    }
    return length - first_bits;
}

unsigned windsock_make_table(
    uint32_t *table, unsigned capacity, unsigned bits, enum windsock_alphabet alphabet, const uint8_t *lengths,
    const uint16_t *used, unsigned count) {
    struct order order;
    if (!sort_symbols(&order, lengths, used, count)) return 0;
    if (bits > order.longest) bits = order.longest;

    const uint16_t *symbol = order.symbols;
    uint32_t code = 0;
    unsigned length = 1;
    for (; length <= bits; length++) {
        double_table(table, 1u << (length - 1));
        for (unsigned n = order.counts[length]; n; n--) {
            table[code] = entry(alphabet, *symbol++, length);
            code = windsock_next_code(code, length);
        }
    }

    const uint32_t mask = (1u << bits) - 1;
    uint32_t linked = ~0u;
    unsigned start = 0, size = 0, end = 1u << bits;
    for (; length <= order.longest; length++) {
        for (unsigned n = order.counts[length]; n; n--) {
            if ((code & mask) != linked) {
                linked = code & mask;
                unsigned more = link_bits(&order, bits, length, n);
                start = end;
                size = 1u << more;
                end += size;
                if (end > capacity) return 0;
                table[linked] = WINDSOCK_SPECIAL | WINDSOCK_LINK | start << 16 | more << 8 | bits;
            }
            uint32_t made = entry(alphabet, *symbol++, length - bits);
            for (unsigned i = code >> bits; i < size; i += 1u << (length - bits)) table[start + i] = made;
            code = windsock_next_code(code, length);
        }
    }
    return bits;
}
