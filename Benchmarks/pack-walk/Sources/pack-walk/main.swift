import PackFile
import Platform
import Synchronization

// Rebuilds all objects of one kind in packs, and says what it took. See `Scripts/bench-packs`.

struct Options {
    var packs: [String] = []
    var workers = 1
    var kind = PackedKind.blob
    var verifies = false
}

func complain(_ message: String) {
    let line = Array("pack-walk: \(message)\n".utf8)
    write(STDERR_FILENO, line, line.count)
}

func fail(_ message: String) -> Never {
    complain(message)
    exit(2)
}

func readOptions() -> Options {
    var options = Options()
    var arguments = CommandLine.arguments.dropFirst()
    while let argument = arguments.popFirst() {
        switch argument {
        case "--workers":
            guard let count = arguments.popFirst().flatMap({ Int($0) }), count > 0 else { fail("--workers N") }
            options.workers = count
        case "--kind":
            let name = arguments.popFirst()
            guard let kind = PackedKind.allCases.first(where: { $0.name == name }) else { fail("--kind KIND") }
            options.kind = kind
        case "--verify": options.verifies = true
        default: options.packs.append(argument)
        }
    }
    guard !options.packs.isEmpty else {
        fail("usage: pack-walk [--workers N] [--kind blob|tree|commit|tag] [--verify] PACK…")
    }
    return options
}

/// Of the process, in seconds.
func cpuTime() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
}

/// What was seen, added up over all workers.
struct Totals {
    var objects = 0
    var bytes = 0
    var newBytes = 0
    var pieces = 0
    var beginnings = 0
    var failures = 0
    var repeatedBytes = 0
    var bufferBytes = 0

    mutating func add(_ step: PackStep) {
        switch step {
        case .object(let object):
            objects += 1
            bytes += object.content.count
            if let base = object.base {
                pieces += base.pieces.count
                for piece in base.pieces where piece.isNew { newBytes += Int(piece.count) }
            } else {
                newBytes += object.content.count
            }
        case .beginning: beginnings += 1
        case .failure(_, let error):
            failures += 1
            complain("\(error)")
        }
    }

    static func + (left: Totals, right: Totals) -> Totals {
        Totals(
            objects: left.objects + right.objects, bytes: left.bytes + right.bytes,
            newBytes: left.newBytes + right.newBytes, pieces: left.pieces + right.pieces,
            beginnings: left.beginnings + right.beginnings, failures: left.failures + right.failures,
            repeatedBytes: left.repeatedBytes + right.repeatedBytes,
            bufferBytes: max(left.bufferBytes, right.bufferBytes))
    }
}

func walk(_ plan: PackPlan, _ options: Options) async -> Totals {
    let units = plan.workUnits(of: options.kind)
    let next = NextUnit()
    return await withTaskGroup(of: Totals.self) { group in
        for _ in 0..<options.workers {
            group.addTask {
                let walker = PackWalker(plan, verifies: options.verifies)
                var totals = Totals()
                while case let unit = next.take(), unit < units.count {
                    walker.walk(units[unit]) { step, _ -> Void? in
                        totals.add(step)
                        return nil
                    }
                }
                totals.repeatedBytes = walker.repeatedByteCount
                totals.bufferBytes = walker.peakBufferBytes
                return totals
            }
        }
        return await group.reduce(Totals(), +)
    }
}

final class NextUnit: Sendable {
    private let number = Atomic(0)
    func take() -> Int { number.add(1, ordering: .relaxed).oldValue }
}

let options = readOptions()
let clock = ContinuousClock()
for path in options.packs {
    do {
        let start = clock.now
        let startCPU = cpuTime()
        let plan = try PackPlan(PackFile(path: path))
        let planned = cpuTime()
        let totals = await walk(plan, options)
        let cpu = cpuTime() - startCPU
        let wall = start.duration(to: clock.now) / .seconds(1)
        func tenths(_ number: Double) -> Double { (number * 100).rounded() / 100 }
        print(
            "\(plan.count) objects, \(totals.objects) \(options.kind.name)s, \(tenths(Double(totals.bytes) / 1e9)) GB,"
                + " \(tenths(Double(totals.newBytes) / Double(max(totals.bytes, 1)) * 100)) % new,"
                + " \(totals.pieces) pieces; plan \(tenths(planned - startCPU)) s, all \(tenths(cpu)) s of CPU,"
                + " \(tenths(wall)) s; \(tenths(Double(totals.bytes) / 1e9 / cpu)) GB/s;"
                + " buffers \(totals.bufferBytes >> 20) MB, peak \(peakMegabytes()) MB;"
                + " \(totals.repeatedBytes >> 20) MB repeated, \(totals.beginnings) too large,"
                + " \(totals.failures) failures, \(plan.unreadable.reduce(0) { sum, _ in sum + 1 }) unreadable")
    } catch {
        fail("\(error)")
    }
}
