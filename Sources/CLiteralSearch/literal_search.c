#include "CLiteralSearch.h"

#include <stdlib.h>
#include <string.h>

/* Every position's three bytes, case folded, are hashed into a bitmap of 64 Kibit (8 KiB: it stays in the first-level
 * cache). A set bit leads to the entries of that hash, where the three bytes are compared before the whole literal.
 * Each literal is entered by its rarest three bytes, so that `key` in `api_key_` does not fire on every `key`. */

enum { HASH_BITS = 16, HASH_SIZE = 1 << HASH_BITS };

typedef struct {
    uint32_t gram;    /* the three folded bytes */
    uint32_t literal;
    uint32_t text;    /* where the folded literal stands in `bytes` */
    uint8_t length;
    uint8_t anchor;   /* where in the literal the three bytes stand */
} entry;

struct windsock_literals {
    uint64_t bitmap[HASH_SIZE / 64];
    uint32_t first[HASH_SIZE + 1]; /* entries of a hash: first[h] ..< first[h + 1] */
    entry *entries;
    uint8_t *bytes;
    size_t count;
    uint8_t fold[256];
};

/* ORing 0x20 folds letters and merges a few other bytes; the comparison that follows is exact. */
static inline uint32_t gram_at(const uint8_t *text) {
    return ((uint32_t)text[0] | (uint32_t)text[1] << 8 | (uint32_t)text[2] << 16) | 0x202020;
}

static inline uint32_t hash_of(uint32_t gram) { return (gram * 0x9E3779B1u) >> (32 - HASH_BITS); }

/* A rough weight of how common a byte is in source text: higher is commoner. */
static int commonness(uint8_t byte) {
    static const char order[] = "etaoinsrlcdpumfghybvk_wxjqz";
    if (byte == ' ') return 30;
    const char *place = strchr(order, byte | 0x20);
    if (byte == '_') return 12;
    if (byte == 0 || place == NULL) return (byte >= '0' && byte <= '9') ? 8 : 6;
    return 27 - (int)(place - order);
}

static size_t rarest_gram(const uint8_t *literal, size_t length) {
    size_t best = 0;
    int least = 1 << 20;
    for (size_t i = 0; i + 3 <= length; i++) {
        int weight = commonness(literal[i]) + commonness(literal[i + 1]) + commonness(literal[i + 2]);
        if (weight < least) {
            least = weight;
            best = i;
        }
    }
    return best;
}

static int by_hash(const void *left, const void *right) {
    uint32_t a = hash_of(((const entry *)left)->gram), b = hash_of(((const entry *)right)->gram);
    return a < b ? -1 : a > b ? 1 : 0;
}

windsock_literals *windsock_literals_create(const uint8_t *const *literals, const size_t *lengths, size_t count) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        if (lengths[i] < 3 || lengths[i] > 255) return NULL;
        total += lengths[i];
    }
    windsock_literals *set = calloc(1, sizeof *set);
    if (set == NULL) return NULL;
    set->entries = calloc(count ? count : 1, sizeof(entry));
    set->bytes = malloc(total ? total : 1);
    if (set->entries == NULL || set->bytes == NULL) {
        windsock_literals_destroy(set);
        return NULL;
    }
    set->count = count;
    for (int byte = 0; byte < 256; byte++) set->fold[byte] = (uint8_t)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);

    uint32_t position = 0;
    for (size_t i = 0; i < count; i++) {
        uint8_t *folded = set->bytes + position;
        for (size_t j = 0; j < lengths[i]; j++) folded[j] = set->fold[literals[i][j]];
        size_t anchor = rarest_gram(folded, lengths[i]);
        set->entries[i] = (entry){.gram = gram_at(folded + anchor), .literal = (uint32_t)i, .text = position,
                                  .length = (uint8_t)lengths[i], .anchor = (uint8_t)anchor};
        position += (uint32_t)lengths[i];
    }
    qsort(set->entries, count, sizeof(entry), by_hash);
    for (size_t i = 0; i < count; i++) {
        uint32_t hash = hash_of(set->entries[i].gram);
        set->bitmap[hash / 64] |= 1ull << (hash % 64);
        set->first[hash + 1]++;
    }
    for (size_t hash = 0; hash < HASH_SIZE; hash++) set->first[hash + 1] += set->first[hash];
    return set;
}

void windsock_literals_destroy(windsock_literals *set) {
    if (set == NULL) return;
    free(set->entries);
    free(set->bytes);
    free(set);
}

static inline int equal_folded(const windsock_literals *set, const uint8_t *text, const entry *candidate) {
    const uint8_t *literal = set->bytes + candidate->text;
    for (size_t i = 0; i < candidate->length; i++)
        if (set->fold[text[i]] != literal[i]) return 0;
    return 1;
}

static size_t verify(const windsock_literals *set, const uint8_t *text, size_t length, size_t position, uint32_t gram,
                     windsock_hit *hits) {
    uint32_t hash = hash_of(gram);
    size_t found = 0;
    for (uint32_t i = set->first[hash]; i < set->first[hash + 1]; i++) {
        const entry *candidate = &set->entries[i];
        if (candidate->gram != gram || candidate->anchor > position) continue;
        size_t start = position - candidate->anchor;
        if (length - start < candidate->length || !equal_folded(set, text + start, candidate)) continue;
        hits[found++] = (windsock_hit){.offset = start, .literal = candidate->literal};
    }
    return found;
}

size_t windsock_literals_find(const windsock_literals *set, const uint8_t *text, size_t length, size_t *position,
                              windsock_hit *hits, size_t capacity) {
    size_t found = 0;
    size_t at = *position;
    size_t end = length >= 3 ? length - 2 : 0;
    while (at < end) {
        uint32_t gram = gram_at(text + at);
        uint32_t hash = hash_of(gram);
        if (set->bitmap[hash / 64] >> (hash % 64) & 1) {
            /* A position can hit each literal once at the most. */
            if (capacity - found < set->count) {
                *position = at;
                return found;
            }
            found += verify(set, text, length, at, gram, hits + found);
        }
        at++;
    }
    *position = length;
    return found;
}
