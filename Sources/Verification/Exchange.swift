internal import CCurl
internal import Platform

/// One request under way: what libcurl's callbacks write into and ask.
final class Exchange {
    /// Which addresses may be connected to.
    enum Reach {
        case publicInternet, loopback, anywhere
    }

    let reach: Reach
    /// What is wanted of the answer.
    struct Answer {
        /// In bytes; of a body that is not kept there is no limit.
        var maximumBody: Int
        var maximumHeader: Int
        /// Takes the body bit by bit.
        var receive: ((UnsafeRawBufferPointer) -> Bool)?
        var keepsBody = true
    }

    private let answer: Answer
    private let maySend: () -> Bool
    private let mayGoOn: () -> Bool

    let body = SecretBuffer(capacity: 4096)
    /// The lines of the answer's header, one after another.
    let header = SecretBuffer(capacity: 1024)
    private(set) var wasAddressRefused = false
    private(set) var wasTooLarge = false
    private(set) var wasSent = false
    private(set) var wasHeldBack = false
    private(set) var wasEnded = false
    private var sendTime = 0.0

    init(
        reach: Reach, _ answer: Answer, maySend: @escaping () -> Bool, mayGoOn: @escaping () -> Bool
    ) {
        self.reach = reach
        self.answer = answer
        self.maySend = maySend
        self.mayGoOn = mayGoOn
    }

    /// Seconds.
    var timeSinceSending: Double { wasSent ? MonotonicClock.now - sendTime : 0 }

    /// For libcurl, as long as this object lives.
    var callbacks: windsock_curl_callbacks {
        windsock_curl_callbacks(
            receive_body: { Exchange.of($2).receiveBody($0, $1) },
            receive_header: { Exchange.of($2).receiveHeader($0, $1) },
            may_connect: { Exchange.of($1).mayConnect($0) ? 1 : 0 },
            may_send: { Exchange.of($0).prepareToSend() ? 1 : 0 },
            may_go_on: { Exchange.of($0).goesOn() ? 1 : 0 },
            context: Unmanaged.passUnretained(self).toOpaque())
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> Exchange {
        guard let context else { preconditionFailure("libcurl calls back with the context it was given") }
        return Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    }

    private func receiveBody(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> Int {
        let more = UnsafeRawBufferPointer(start: bytes, count: count)
        if answer.keepsBody {
            guard body.count + count <= answer.maximumBody else {
                wasTooLarge = true
                return 0
            }
            body.append(more)
        }
        return answer.receive?(more) ?? true ? count : 0
    }

    private func receiveHeader(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> Int {
        guard header.count + count <= answer.maximumHeader else {
            wasTooLarge = true
            return 0
        }
        header.append(UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    }

    private func mayConnect(_ address: UnsafePointer<sockaddr>?) -> Bool {
        if reach == .anywhere { return true }
        guard let address, let address = IPAddress(address),
            reach == .loopback ? address.isLoopback : address.isPublic
        else {
            wasAddressRefused = true
            return false
        }
        return true
    }

    private func prepareToSend() -> Bool {
        guard maySend() else {
            wasHeldBack = true
            return false
        }
        wasSent = true
        sendTime = MonotonicClock.now
        return true
    }

    private func goesOn() -> Bool {
        if mayGoOn() { return true }
        wasEnded = true
        return false
    }
}

/// Time that only goes forward, in seconds.
package enum MonotonicClock {
    package static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
