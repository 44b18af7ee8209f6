/* Products of 64 by 64 bits, folded: sixteen bytes take one. Two chains, because each product waits for the last. */
#include "fingerprint.h"

#include <string.h>

static inline uint64_t word_at(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static inline uint64_t folded_product(uint64_t a, uint64_t b) {
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t windsock_fingerprint(const uint8_t *bytes, size_t length, const uint64_t key[4]) {
    uint64_t first = key[0] ^ length, second = key[3];
    size_t place = 0;
    for (;;) {
        first = folded_product(word_at(bytes + place) ^ key[1], word_at(bytes + place + 8) ^ first);
        second = folded_product(word_at(bytes + place + 16) ^ key[2], word_at(bytes + place + 24) ^ second);
        place += 32;
        if (place == length) break;
        /* The last block reaches back into the one before. */
        if (place + 32 > length) place = length - 32;
    }
    return folded_product(first ^ key[2], second ^ key[1]);
}
