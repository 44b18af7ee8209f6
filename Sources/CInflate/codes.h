/* The tables of prefix codes. */
#ifndef WINDSOCK_CODES_H
#define WINDSOCK_CODES_H

#include <stdint.h>

/* A table is looked up with the next bits of the stream, least significant first. An entry has
 *     bits 0-7    how many bits of the stream it takes, extra bits included
 *     bits 8-12   how many of these are the code, where extra bits may follow
 *     bits 16-30  the byte; the base of the length or distance, to which the extra bits are added; a table's start
 * and flags. Of a link to a table of longer codes, bits 8-11 say how many bits that is looked up with. */
#define WINDSOCK_LITERAL 0x80000000u /* a byte */
#define WINDSOCK_SPECIAL 0x00008000u /* none of literal, length and distance */
#define WINDSOCK_LINK 0x00004000u    /* with SPECIAL: to a table of longer codes */
#define WINDSOCK_INVALID 0x00002000u /* with SPECIAL: a symbol that no stream has; else it is the end of a block */

enum windsock_alphabet { WINDSOCK_LITLEN, WINDSOCK_DISTANCE };

/* Makes the table of a code.
 *
 * `capacity` is in entries, `bits` the largest number of bits to look it up with at first. `lengths` has the lengths of
 * the codes by symbol, 1 to 15 for each of the `count` symbols that are in `used`, in ascending order.
 * Returns the bits to look it up with; 0 if not every sequence of bits is a code, or there is no room. */
unsigned windsock_make_table(
    uint32_t *table, unsigned capacity, unsigned bits, enum windsock_alphabet alphabet, const uint8_t *lengths,
    const uint16_t *used, unsigned count);

/* The next code of the same length or, with longer ones to come, its first bits; bits are in the order of the stream.
 * The last code of all has no next one: it is all ones, and is returned. */
static inline uint32_t windsock_next_code(uint32_t code, unsigned length) {
    uint32_t zeros = code ^ ((1u << length) - 1);
    if (zeros == 0) return code;
    uint32_t last = 1u << (31 - __builtin_clz(zeros));
    return (code & (last - 1)) | last;
}

#endif
