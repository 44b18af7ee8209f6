#ifndef WINDSOCK_CARCHIVE_H
#define WINDSOCK_CARCHIVE_H

// libarchive for Swift. It is loaded when the first container is opened: linking to it would make every start of the program slower, and
// most scans meet no container. Nothing here writes, follows a link or starts a program.
//
// What is used of its interface is declared in library.c and has not changed since its version 3.0 of 2011, so that no header is needed.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct archive;
struct archive_entry;

/// What a container may be: one bit a format.
typedef enum {
    WINDSOCK_ARCHIVE_ZIP = 1 << 0,
    WINDSOCK_ARCHIVE_TAR = 1 << 1,
    WINDSOCK_ARCHIVE_7ZIP = 1 << 2,
    WINDSOCK_ARCHIVE_RAR = 1 << 3,
    WINDSOCK_ARCHIVE_CPIO = 1 << 4,
    WINDSOCK_ARCHIVE_AR = 1 << 5,
    WINDSOCK_ARCHIVE_ISO9660 = 1 << 6,
    WINDSOCK_ARCHIVE_CABINET = 1 << 7,
    /// Compressed bytes that are none of these: one member.
    WINDSOCK_ARCHIVE_RAW = 1 << 8,
    /// Compression around the format is undone: gzip, bzip2, compress, lzip, lzma, xz, zstd, lz4.
    WINDSOCK_ARCHIVE_COMPRESSED = 1 << 9,
    /// What an RPM package has in front of its content is passed over.
    WINDSOCK_ARCHIVE_RPM = 1 << 10,
    /// What packages of macOS are. Read where libarchive was built with a reader of XML.
    WINDSOCK_ARCHIVE_XAR = 1 << 11,
} windsock_archive_kinds;

typedef enum {
    WINDSOCK_ARCHIVE_DONE,
    WINDSOCK_ARCHIVE_GOES_ON,
    /// What was read is not what was packed, and there may be more.
    WINDSOCK_ARCHIVE_DAMAGED,
    /// The member cannot be read; others may be.
    WINDSOCK_ARCHIVE_MEMBER_FAILED,
    /// Nothing more can be read.
    WINDSOCK_ARCHIVE_FAILED,
} windsock_archive_status;

/// Loads libarchive. Returns NULL, or why it cannot be used. May be called again and from any thread.
const char *windsock_archive_load(void);

/// All below: `windsock_archive_load` must have succeeded.

/// Opens a container that lies in memory, which must outlive it. NULL when there is no memory.
///
/// - Parameters:
///   - kinds: `windsock_archive_kinds`.
///   - is_open: Whether it is understood. Of one that is not nothing may be asked but the error.
struct archive *windsock_archive_open(const void *bytes, size_t count, unsigned kinds, bool *is_open);
/// Gives the next piece of a container, which lives until the next call: its length, 0 at the end, below 0 where it cannot be read.
typedef ssize_t (*windsock_archive_supply)(struct archive *archive, void *context, const void **piece);
/// Opens a container that comes piece by piece; otherwise as `windsock_archive_open`.
struct archive *windsock_archive_open_stream(windsock_archive_supply supply, void *context, unsigned kinds, bool *is_open);
void windsock_archive_close(struct archive *archive);
/// Goes on to the next member, which lives until the next call.
windsock_archive_status windsock_archive_next(struct archive *archive, struct archive_entry **member);
/// Reads on in the member's content. `received` is 0 at its end. Holes are zeros.
windsock_archive_status windsock_archive_read(struct archive *archive, void *bytes, size_t count, size_t *received);
/// How many bytes came out of the compression around the container so far.
int64_t windsock_archive_decompressed(struct archive *archive);
/// Why the last call failed, in the library's words; it may be NULL.
const char *windsock_archive_error(struct archive *archive);
/// Whether a password is known to be needed. May be asked of zip, 7z and rar: of others the library does not expect it.
bool windsock_archive_is_encrypted(struct archive *archive);
/// Whether the content is raw: one member without a name of its own.
bool windsock_archive_is_raw(struct archive *archive);

/// UTF-8, or as it stands there; NULL where there is none.
const char *windsock_archive_name(struct archive_entry *member);
/// Whether it is a file, and no folder, link or device.
bool windsock_archive_is_file(struct archive_entry *member);
bool windsock_archive_is_folder(struct archive_entry *member);
bool windsock_archive_member_is_encrypted(struct archive_entry *member);
/// In bytes, as the container says; below 0 where it does not.
int64_t windsock_archive_size(struct archive_entry *member);

#endif
