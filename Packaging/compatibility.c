/* What the archives that are linked in ask of glibc and versions before 2.35 and 2.36 do not have.
 *
 * They were compiled with a newer glibc's headers. Here are the same functions by older means, hidden, so that libraries which
 * are loaded later keep glibc's own. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

#define HIDDEN __attribute__((visibility("hidden")))

/* 2.35: a version of its own that sets no error number. The wider type has room for every square. */
HIDDEN double hypot(double x, double y) {
    if (isinf(x) || isinf(y)) return INFINITY;
    return (double)sqrtl((long double)x * x + (long double)y * y);
}

HIDDEN float hypotf(float x, float y) {
    if (isinf(x) || isinf(y)) return INFINITY;
    return (float)sqrt((double)x * x + (double)y * y);
}

/* 2.36. */
HIDDEN uint32_t arc4random(void) {
    uint32_t number;
    ssize_t count;
    do count = getrandom(&number, sizeof number, 0);
    while (count < 0 && errno == EINTR);
    /* As glibc does: there is no number that would be right. */
    if (count != sizeof number) abort();
    return number;
}

/* 2.35: where the table for unwinding is of the object that holds an address. For exceptions of C++ alone. */
struct search {
    uintptr_t address;
    struct dl_find_object *result;
};

static int holds(struct dl_phdr_info *object, size_t size, void *context) {
    (void)size;
    struct search *search = context;
    const ElfW(Phdr) *table = NULL;
    int is_it = 0;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[index];
        uintptr_t start = object->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_GNU_EH_FRAME) table = part;
        if (part->p_type == PT_LOAD && search->address - start < part->p_memsz) {
            is_it = 1;
            search->result->dlfo_map_start = (void *)start;
            search->result->dlfo_map_end = (void *)(start + part->p_memsz);
        }
    }
    if (!is_it || !table) return 0;
    search->result->dlfo_eh_frame = (void *)(object->dlpi_addr + table->p_vaddr);
    return 1;
}

HIDDEN int _dl_find_object(void *address, struct dl_find_object *result) {
    *result = (struct dl_find_object){0};
    struct search search = {(uintptr_t)address, result};
    return dl_iterate_phdr(holds, &search) == 1 ? 0 : -1;
}
