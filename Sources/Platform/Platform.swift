// The system's C library, by whatever name Swift has it. No other module imports one: what differs between systems stands
// here, behind one name for all.
#if canImport(Darwin)
    @_exported public import Darwin
#elseif canImport(Musl)
    @_exported public import Musl
#elseif canImport(Glibc)
    @_exported public import Glibc
#else
    #error("windsock knows the C libraries of Linux and macOS alone")
#endif
