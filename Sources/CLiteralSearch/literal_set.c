/* Prepares a search: chooses by which trigrams the literals are entered, and lays out the tables. */
#include "literal_set.h"

#include <stdlib.h>
#include <string.h>

enum { MINIMUM_LENGTH = 3, MAXIMUM_LENGTH = 255 };

/* How common three bytes are in source text: for each of 32^3 trigrams of symbols, twice the logarithm to base two,
 * A to Z and on with a. */
static const char trigram_weights[] =
#include "trigram_weights.h"
    ;

/* The symbol of each class: a to z are 0 to 25, `_` 26, a digit 27, `-` 28, `.` 29, space 30, anything else 31. */
static const uint8_t symbols[CLASS_COUNT] = {
    30, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 28, 29, 31, /* space to / */
    27, 27, 27, 27, 27, 27, 27, 27, 27, 27, 31, 31, 31, 31, 31, 31, /* 0 to ? */
    31, 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, /* ` to o */
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 31, 31, 31, 31, 26, /* p to _ */
};

static uint32_t trigram_of(uint32_t first, uint32_t second, uint32_t third) {
    return (first | second << 6) << 6 | third;
}

/* How often the trigram is met, in 16 million bytes. */
static uint32_t frequency(uint32_t trigram) {
    uint32_t first = symbols[trigram >> 6 & 63], second = symbols[trigram >> 12], third = symbols[trigram & 63];
    char letter = trigram_weights[(first * 32 + second) * 32 + third];
    uint32_t halves = (uint32_t)(letter <= 'Z' ? letter - 'A' : letter - 'a' + 26);
    return (halves & 1 ? 14u : 10u) << (halves / 2);
}

static uint8_t lower_cased(uint8_t byte) { return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte; }

/* ---- The trigrams a literal can be entered by ----
 *
 * The search looks at even offsets of the text only. A literal that starts at an even offset has its trigrams of even
 * anchor there, and one that starts at an odd offset those of odd anchor: each literal is entered by one of either.
 * A literal of three bytes has no trigram of odd anchor: it is entered by two of its bytes and any third one, before
 * or behind. */

enum { ANY_BEFORE = -1, ANY_BEHIND = 1 };

static bool is_any(size_t length, int anchor) { return length == 3 && anchor != 0; }

/* The trigrams of an anchor are count_of_trigrams many; number `index` of them: */
static uint32_t trigram_at(const uint8_t *literal, size_t length, int anchor, uint32_t index) {
    if (is_any(length, anchor) && anchor == ANY_BEFORE)
        return trigram_of(index, class_of(literal[0]), class_of(literal[1]));
    if (is_any(length, anchor)) return trigram_of(class_of(literal[1]), class_of(literal[2]), index);
    literal += anchor;
    return trigram_of(class_of(literal[0]), class_of(literal[1]), class_of(literal[2]));
}

static uint32_t count_of_trigrams(size_t length, int anchor) { return is_any(length, anchor) ? CLASS_COUNT : 1; }

/* What entering a literal there costs: every meeting with a new trigram costs ENTER, and every literal more COMPARE.
 * So literals share a trigram only if it is not much more common than the rarest that each has. */
enum { ENTER = 8, COMPARE = 4 };

static bool is_in_bitmap(const windsock_literals *set, uint32_t trigram) {
    return set->rows[trigram >> 6] >> (trigram & 63) & 1;
}

static uint64_t cost(const windsock_literals *set, const uint8_t *literal, size_t length, int anchor) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count_of_trigrams(length, anchor); i++) {
        uint32_t trigram = trigram_at(literal, length, anchor, i);
        sum += (uint64_t)frequency(trigram) * (is_in_bitmap(set, trigram) ? COMPARE : ENTER);
    }
    return sum;
}

static int cheapest_anchor(const windsock_literals *set, const uint8_t *literal, size_t length, int parity) {
    if (length == 3 && parity == 1) {
        bool before = cost(set, literal, length, ANY_BEFORE) < cost(set, literal, length, ANY_BEHIND);
        return before ? ANY_BEFORE : ANY_BEHIND;
    }
    int best = parity;
    uint64_t least = UINT64_MAX;
    for (int anchor = parity; anchor + 3 <= (int)length; anchor += 2) {
        uint64_t sum = cost(set, literal, length, anchor);
        if (sum < least) {
            least = sum;
            best = anchor;
        }
    }
    return best;
}

/* Chooses the anchors of all literals, one after the other, and fills the bitmap. A second round, which would know all
 * trigrams that can be shared, would save one candidate in twenty: not worth the time. */
static void choose_anchors(windsock_literals *set) {
    for (size_t i = 0; i < set->count; i++) {
        prepared_literal *prepared = &set->literals[i];
        const uint8_t *literal = set->bytes + prepared->bytes;
        for (int parity = 0; parity < 2; parity++) {
            int anchor = cheapest_anchor(set, literal, prepared->length, parity);
            prepared->anchors[parity] = (int16_t)anchor;
            for (uint32_t j = 0; j < count_of_trigrams(prepared->length, anchor); j++) {
                uint32_t trigram = trigram_at(literal, prepared->length, anchor, j);
                set->rows[trigram >> 6] |= 1ull << (trigram & 63);
            }
        }
    }
}

/* ---- The tables ---- */

static uint64_t eight_bytes(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static void set_comparison(prepared_literal *prepared, const uint8_t *literal) {
    uint8_t fold[MAXIMUM_LENGTH], value[MAXIMUM_LENGTH];
    memset(fold, 0xff, 8);
    memset(value, 0xff, 8);
    for (size_t i = 0; i < prepared->length; i++) {
        fold[i] = !prepared->is_exact && literal[i] >= 'a' && literal[i] <= 'z' ? 0x20 : 0;
        value[i] = literal[i];
    }
    prepared->tail = prepared->length > 8 ? (uint8_t)(prepared->length - 8) : 0;
    prepared->head_fold = eight_bytes(fold);
    prepared->head_value = eight_bytes(value);
    prepared->tail_fold = eight_bytes(fold + prepared->tail);
    prepared->tail_value = eight_bytes(value + prepared->tail);
}

static uint32_t rank_trigrams(windsock_literals *set) {
    uint32_t count = 0;
    for (uint32_t row = 0; row < PAIR_COUNT; row++) {
        set->rank[row] = count;
        count += (uint32_t)__builtin_popcountll(set->rows[row]);
    }
    return count;
}

/* Gives each trigram room for its members. For now, `first` is where that room ends. */
static bool lay_out_members(windsock_literals *set) {
    uint32_t count = rank_trigrams(set);
    set->first = calloc(count + 1, sizeof *set->first);
    set->neighbours = calloc(count + 1, sizeof *set->neighbours);
    if (set->first == NULL || set->neighbours == NULL) return false;
    for (size_t i = 0; i < 2 * set->count; i++) {
        const prepared_literal *prepared = &set->literals[i / 2];
        int anchor = prepared->anchors[i % 2];
        for (uint32_t j = 0; j < count_of_trigrams(prepared->length, anchor); j++)
            set->first[rank_of(set, trigram_at(set->bytes + prepared->bytes, prepared->length, anchor, j))]++;
    }
    for (uint32_t rank = 1; rank <= count; rank++) set->first[rank] += set->first[rank - 1];
    set->members = malloc((set->first[count] + 1) * sizeof *set->members);
    return set->members != NULL;
}

static trigram_member member_of(const windsock_literals *set, uint32_t number, int parity) {
    const prepared_literal *prepared = &set->literals[number];
    const uint8_t *literal = set->bytes + prepared->bytes;
    uint16_t mask[4] = {0}, value[4] = {0};
    for (int i = 0; i < 8; i++) {
        int place = prepared->anchors[parity] - 2 + i;
        if (place < 0 || place >= prepared->length) continue;
        mask[i / 2] |= (uint16_t)(63u << i % 2 * 6);
        value[i / 2] |= (uint16_t)(class_of(literal[place]) << i % 2 * 6);
    }
    trigram_member member = {.literal = number, .anchor = prepared->anchors[parity]};
    memcpy(&member.mask, mask, sizeof mask);
    memcpy(&member.value, value, sizeof value);
    return member;
}

/* Backwards: moves `first` of its trigrams by one. */
static void enter(windsock_literals *set, uint32_t number, int parity) {
    const prepared_literal *prepared = &set->literals[number];
    const uint8_t *literal = set->bytes + prepared->bytes;
    int anchor = prepared->anchors[parity], before = anchor - 1, after = anchor + 3;
    uint64_t may_be_before = before >= 0 ? 1ull << class_of(literal[before]) : UINT64_MAX;
    uint64_t may_be_after = after < prepared->length ? 1ull << class_of(literal[after]) : UINT64_MAX;
    trigram_member member = member_of(set, number, parity);
    for (uint32_t i = 0; i < count_of_trigrams(prepared->length, anchor); i++) {
        uint32_t rank = rank_of(set, trigram_at(literal, prepared->length, anchor, i));
        set->members[--set->first[rank]] = member;
        set->neighbours[rank].before |= may_be_before;
        set->neighbours[rank].after |= may_be_after;
    }
}

static bool make_tables(windsock_literals *set) {
    choose_anchors(set);
    if (!lay_out_members(set)) return false;
    for (size_t i = set->count; i > 0; i--) enter(set, (uint32_t)(i - 1), 1);
    for (size_t i = set->count; i > 0; i--) enter(set, (uint32_t)(i - 1), 0);
    return true;
}

static bool copy_literals(windsock_literals *set, const uint8_t *literals, const size_t *lengths,
                          const bool *is_exact) {
    size_t total = 0;
    for (size_t i = 0; i < set->count; i++) total += lengths[i];
    set->bytes = malloc(total + 1);
    set->literals = calloc(set->count + 1, sizeof *set->literals);
    if (set->bytes == NULL || set->literals == NULL) return false;
    uint32_t end = 0;
    for (size_t i = 0; i < set->count; i++) {
        set->literals[i] = (prepared_literal){.bytes = end, .length = (uint8_t)lengths[i], .is_exact = is_exact[i]};
        for (size_t j = 0; j < lengths[i]; j++, end++)
            set->bytes[end] = is_exact[i] ? literals[end] : lower_cased(literals[end]);
        set_comparison(&set->literals[i], set->bytes + set->literals[i].bytes);
    }
    return true;
}

windsock_literals *windsock_literals_create(const uint8_t *literals, const size_t *lengths, const bool *is_exact,
                                            size_t count) {
    for (size_t i = 0; i < count; i++)
        if (lengths[i] < MINIMUM_LENGTH || lengths[i] > MAXIMUM_LENGTH) return NULL;
    windsock_literals *set = calloc(1, sizeof *set);
    if (set == NULL) return NULL;
    set->count = count;
    set->implementation = fastest_implementation();
    if (copy_literals(set, literals, lengths, is_exact) && make_tables(set)) return set;
    windsock_literals_destroy(set);
    return NULL;
}

void windsock_literals_destroy(windsock_literals *set) {
    if (set == NULL) return;
    free(set->neighbours);
    free(set->first);
    free(set->members);
    free(set->literals);
    free(set->bytes);
    free(set);
}
