/* Measures the search for literals: see Scripts/bench-literals, which compiles and runs it. */
#define _POSIX_C_SOURCE 199309L /* for clock_gettime */

#include "literal_set.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HIT_CAPACITY = 16384, ROUNDS = 5 };

static const char *const names[] = {"portable", "sse2", "avx2", "neon"};

typedef struct {
    uint8_t *bytes;
    size_t length;
} buffer;

typedef struct {
    const uint8_t *bytes; /* one behind the other */
    size_t *lengths;
    size_t count;
} keyword_list;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static buffer read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    fseek(file, 0, SEEK_END);
    size_t length = (size_t)ftell(file);
    rewind(file);
    buffer content = {malloc(length + 1), length};
    if (content.bytes == NULL || fread(content.bytes, 1, length, file) != length) exit(2);
    fclose(file);
    return content;
}

/* One a line; the line feeds are taken out. */
static keyword_list split(buffer content) {
    keyword_list list = {content.bytes, calloc(content.length + 1, sizeof(size_t)), 0};
    uint8_t *next = content.bytes;
    for (uint8_t *line = content.bytes, *end = line + content.length; line < end;) {
        uint8_t *newline = memchr(line, '\n', (size_t)(end - line));
        uint8_t *stop = newline ? newline : end;
        list.lengths[list.count++] = (size_t)(stop - line);
        memmove(next, line, (size_t)(stop - line));
        next += stop - line;
        line = stop + 1;
    }
    return list;
}

static size_t search(const windsock_literals *set, buffer text) {
    static windsock_hit hits[HIT_CAPACITY];
    size_t position = 0, total = 0;
    while (position < text.length)
        total += windsock_literals_find(set, text.bytes, text.length, &position, hits, HIT_CAPACITY);
    return total;
}

static void measure(keyword_list list, size_t count, buffer text) {
    bool *is_exact = calloc(count, sizeof *is_exact);
    if (is_exact == NULL) exit(2);
    double start = now();
    windsock_literals *set = windsock_literals_create(list.bytes, list.lengths, is_exact, count);
    double preparing = now() - start;
    free(is_exact);
    if (set == NULL) {
        fprintf(stderr, "keywords must be 3 to 255 bytes long\n");
        exit(2);
    }
    double kilobytes = (double)text.length / 1024;
    stage_counts counts = count_stages(set, text.bytes, text.length);
    printf("%zu keywords, prepared in %.2f ms; per kilobyte ", count, preparing * 1e3);
    printf("%.1f candidates, %.1f survivors, ", (double)counts.candidates / kilobytes,
           (double)counts.survivors / kilobytes);
    printf("%.1f compared, %.2f hits\n", (double)counts.compared / kilobytes,
           (double)search(set, text) / kilobytes);
    for (int i = 0; i < WINDSOCK_IMPLEMENTATION_COUNT; i++) {
        if (!windsock_literals_set_implementation(set, (windsock_implementation)i)) continue;
        double best = 1e9;
        for (int round = 0; round < ROUNDS; round++) {
            start = now();
            search(set, text);
            double seconds = now() - start;
            if (seconds < best) best = seconds;
        }
        printf("    %-8s %6.2f GB/s\n", names[i], (double)text.length / best * 1e-9);
    }
    windsock_literals_destroy(set);
}

int main(int argument_count, char **arguments) {
    if (argument_count != 3) {
        fprintf(stderr, "usage: %s KEYWORDS TEXT\n", arguments[0]);
        return 2;
    }
    keyword_list list = split(read_file(arguments[1]));
    buffer text = read_file(arguments[2]);
    size_t steps[] = {100, 1000, list.count};
    for (size_t i = 0; i < 3; i++)
        if (steps[i] <= list.count && (i == 2 || steps[i] < list.count)) measure(list, steps[i], text);
    return 0;
}
