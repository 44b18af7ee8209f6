/* Sixteen bytes at a time: on a long line every candidate asks, and thousands of bytes have to be passed. */
#include "backwards.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

size_t windsock_line_start(const uint8_t *text, size_t lowest, size_t end) {
#if defined(__SSE2__)
    const __m128i line_feed = _mm_set1_epi8('\n');
    for (; lowest + 16 <= end; end -= 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(text + end - 16));
        unsigned found = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block, line_feed));
        if (found != 0) return end - 16 + (size_t)(32 - __builtin_clz(found));
    }
#endif
    while (end > lowest && text[end - 1] != '\n') end--;
    return end;
}

size_t windsock_unclosed_brackets(const uint8_t *text, size_t lowest, size_t end, size_t *offsets, size_t capacity) {
    size_t closed = 0, count = 0;
    while (end > lowest && count < capacity) {
#if defined(__SSE2__)
        if (end - lowest >= 16) {
            __m128i block = _mm_loadu_si128((const __m128i *)(text + end - 16));
            /* `[` and `{`, `]` and `}` differ in one bit. */
            __m128i folded = _mm_or_si128(block, _mm_set1_epi8(0x20));
            unsigned opens = (unsigned)_mm_movemask_epi8(_mm_or_si128(
                _mm_cmpeq_epi8(folded, _mm_set1_epi8('{')), _mm_cmpeq_epi8(block, _mm_set1_epi8('('))));
            unsigned closes = (unsigned)_mm_movemask_epi8(_mm_or_si128(
                _mm_cmpeq_epi8(folded, _mm_set1_epi8('}')), _mm_cmpeq_epi8(block, _mm_set1_epi8(')'))));
            if (opens == 0) {
                closed += (size_t)__builtin_popcount(closes);
                end -= 16;
                continue;
            }
        }
#endif
        /* One block, byte by byte. */
        size_t stop = end - lowest >= 16 ? end - 16 : lowest;
        while (end > stop && count < capacity) {
            switch (text[--end]) {
            case '}': case ']': case ')':
                closed++;
                break;
            case '{': case '[': case '(':
                if (closed > 0) closed--;
                else offsets[count++] = end;
                break;
            }
        }
    }
    return count;
}
