internal import Dispatch
internal import Platform
package import Rules
internal import Synchronization

/// Asks providers about keys: one question a distinct key, each host no oftener than the rate allows, all within a budget.
package final class Verifier: Sendable {
    private let options: VerifierOptions
    private let auditLog: AuditLog?
    private let isInterrupted: @Sendable () -> Bool
    private let rates: HostRates
    private let budget: RequestBudget
    /// Set when the audit log could not be written: from then on nothing is asked.
    private let auditFailure = Mutex<String?>(nil)

    /// Seconds between looks at whether to stop, while waiting.
    private static let step = 0.02

    package init(
        _ options: VerifierOptions, auditLog: AuditLog? = nil, isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        self.options = options
        self.auditLog = auditLog
        self.isInterrupted = isInterrupted
        rates = HostRates(rate: options.rate)
        budget = RequestBudget(
            seconds: options.budgetSeconds, requests: options.budgetRequests, ofEachHost: options.requestsOfEachHost)
    }

    /// What is found out about each key, in their order.
    package func verify(_ keys: [KeyToVerify]) -> [VerificationResult] {
        inquire(keys).map(\.result)
    }

    package func inquire(_ keys: [KeyToVerify]) -> [Inquiry] {
        budget.begin()
        defer { budget.end() }
        let plan = VerificationPlan(keys, options)
        let answers = Mutex<[Int: Inquiry]>([:])
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(options.concurrency, plan.questions.count)) { _ in
            var transport: Transport?
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < plan.questions.count else { break }
                let inquiry = ask(plan.questions[index], &transport)
                answers.withLock { $0[index] = inquiry }
            }
        }
        return answers.withLock { answers in
            zip(plan.outcomes, keys).map { outcome, key in
                let inquiry =
                    switch outcome {
                    case .notAsked(let result): Inquiry(result: result)
                    case .question(let index): answers[index] ?? Inquiry(result: Self.unknown("it was not asked"))
                    }
                return Self.complete(inquiry, of: key)
            }
        }
    }

    /// What a key says of itself stands behind what the provider says of it.
    private static func complete(_ inquiry: Inquiry, of key: KeyToVerify) -> Inquiry {
        var inquiry = inquiry
        let known = Set(inquiry.result.identity.map(\.name))
        inquiry.result.identity += OwnIdentity.facts(key).filter { !known.contains($0.name) }
        return inquiry
    }

    /// How long the endpoint takes to answer: seconds for each of some more requests that it answered as before.
    ///
    /// - Parameter inquiry: What came of asking about the key; its request is repeated.
    package func latencies(of key: KeyToVerify, after inquiry: Inquiry, count: Int) -> [Double] {
        guard let first = inquiry.response, let index = inquiry.attempt else { return [] }
        budget.begin()
        defer { budget.end() }
        var durations = [first.duration]
        var transport: Transport?
        do throws(RequestError) {
            let attempts = try options.endpoints.attempts(of: key.rule)
            guard attempts.indices.contains(index) else { return durations }
            let request = try RenderedRequest(attempts[index].attempt, at: attempts[index].address, key: key)
            while durations.count < count, budget.take(request.address.hostAndPort),
                wait(for: request.address.hostAndPort)
            {
                let reply = exchange(request, key, &transport) { Judgement($0, of: attempts[index].attempt) }
                guard case .success(let response) = reply, response.status == first.status else { break }
                durations.append(response.duration)
            }
        } catch {
            // The inquiry before this one told it.
        }
        return durations
    }

    // MARK: One question

    /// Asks one host after another as long as the answer is "dead".
    private func ask(_ question: PlannedQuestion, _ transport: inout Transport?) -> Inquiry {
        var refusal: Inquiry?
        var refusers: [String] = []
        var doubt: Inquiry?
        for (index, (attempt, address)) in question.attempts.enumerated() {
            let host = address.hostAndPort
            // A host that refuses the key does so at its other addresses, too.
            if refusers.contains(host) { continue }
            var inquiry = ask(attempt, address, question.key, &transport)
            inquiry.attempt = index
            switch inquiry.result.liveness {
            case .live, .restricted: return inquiry
            case .unknown where refusal == nil: return inquiry
            case .unknown: doubt = inquiry
            case .dead:
                refusers.append(host)
                if doubt?.result.host == host { doubt = nil }
                if refusal == nil { refusal = inquiry }
            }
        }
        guard var result = refusal else { return Inquiry(result: Self.unknown("the rule asks nobody")) }
        if let doubt {
            result.result.liveness = .unknown
            result.result.reason =
                "\(refusers[0]) refuses it, but \(doubt.result.host ?? "another host") may know it: \(doubt.result.reason)"
            result.result.advice = doubt.result.advice
        } else if refusers.count > 1 {
            result.result.reason += "; \(refusers.dropFirst().joined(separator: ", ")) refuses it, too"
        }
        return result
    }

    private func ask(
        _ attempt: VerificationSpec.Attempt, _ address: HTTPSAddress, _ key: KeyToVerify, _ transport: inout Transport?
    ) -> Inquiry {
        let host = address.hostAndPort
        let request: RenderedRequest
        do throws(RequestError) {
            request = try RenderedRequest(attempt, at: address, key: key)
        } catch {
            return Inquiry(result: Self.unknown("it cannot be asked about: \(error)"))
        }
        var repetition = 0
        while true {
            if let reason = auditFailure.withLock({ $0 }) { return Self.unasked(reason, host, "see --audit-log") }
            guard budget.take(host) else { return Self.unasked(Self.overBudget, host, Self.budgetAdvice) }
            guard wait(for: host) else {
                return isInterrupted()
                    ? Self.unasked("it was interrupted", host) : Self.unasked(Self.overBudget, host, Self.budgetAdvice)
            }
            let response: Response
            switch exchange(request, key, &transport, judging: { Judgement($0, of: attempt) }) {
            case .success(let answer): response = answer
            case .failure(let failure): return Self.unasked(failure.reason, host, failure.advice)
            }
            guard response.status == 429 else {
                var result = VerificationResult(Judgement(response, of: attempt), host, response)
                if result.liveness == .live || result.liveness == .restricted {
                    result.identity = IdentityFacts.facts(of: response, by: attempt, provider: key.rule.provider)
                }
                return Inquiry(result: result, response: response)
            }
            // Without a wish of the server's: one second, two, four.
            let delay = response.retryAfter.map(Double.init) ?? Double(1 << repetition)
            guard repetition < options.repetitions, delay < budget.time else {
                var judgement = Judgement(response, of: attempt)
                if let seconds = response.retryAfter { judgement.reason += "; it asks to wait \(seconds) seconds" }
                return Inquiry(result: VerificationResult(judgement, host, response), response: response)
            }
            repetition += 1
            rates.pause(host, for: delay)
        }
    }

    private static let overBudget = "the budget for requests was used up before it was asked about"
    private static let budgetAdvice = "raise --verify-budget, --verify-requests or --verify-host-requests"

    // MARK: One request

    /// Makes a request, with a line in the audit log before and after it.
    private func exchange(
        _ request: RenderedRequest, _ key: KeyToVerify, _ transport: inout Transport?,
        judging judge: (Response) -> Judgement
    ) -> Result<Response, TransportFailure> {
        let host = request.address.hostAndPort
        let id = auditLog?.nextID() ?? ""
        var entry = AuditEntry(
            event: .request, id: id, time: UTCTime.now, method: request.method, host: host, rule: key.rule.id,
            fingerprint: key.fingerprint)
        let started = MonotonicClock.now
        var reply: Result<Response, TransportFailure>
        do throws(TransportFailure) {
            let sender: Transport
            if let open = transport { sender = open } else { sender = try Transport(options.network) }
            transport = sender
            // While this one waits for its turn, as many others may be before it.
            let patience = rates.spacing * Double(options.concurrency)
            reply = .success(
                try sender.send(
                    request, patience: patience,
                    maySend: { self.takeTurn(host) && self.append(entry, at: UTCTime.now) },
                    mayGoOn: { !self.isInterrupted() }))
        } catch {
            reply = .failure(error)
        }
        entry.event = .answer
        entry.duration = MonotonicClock.now - started
        switch reply {
        case .success(let response):
            let judgement = judge(response)
            entry.status = response.status
            entry.verdict = judgement.liveness.rawValue
            entry.reason = judgement.reason
        case .failure(let failure):
            if let reason = auditFailure.withLock({ $0 }) {
                return .failure(TransportFailure(reason: reason, advice: "see --audit-log", wasSent: failure.wasSent))
            }
            entry.verdict = Liveness.unknown.rawValue
            entry.reason = failure.reason
        }
        _ = append(entry, at: UTCTime.now)
        return reply
    }

    private func append(_ entry: AuditEntry, at time: Double) -> Bool {
        guard let auditLog else { return true }
        var entry = entry
        entry.time = time
        do throws(AuditLogError) {
            try auditLog.append(entry)
            return true
        } catch {
            auditFailure.withLock { $0 = error.description }
            return false
        }
    }

    // MARK: Waiting

    /// Waits until a host may be asked, without taking the turn; false when there is no time for it.
    private func wait(for host: String) -> Bool {
        while true {
            if isInterrupted() { return false }
            let wait = rates.wait(for: host)
            if wait <= 0 { return true }
            guard wait < budget.time else { return false }
            Self.sleep(wait)
        }
    }

    /// Takes the turn, directly before a request is sent.
    private func takeTurn(_ host: String) -> Bool {
        while true {
            if isInterrupted() { return false }
            let wait = rates.take(host)
            if wait <= 0 { return true }
            guard wait < budget.time else { return false }
            Self.sleep(wait)
        }
    }

    private static func sleep(_ seconds: Double) {
        let time = min(seconds, step)
        var request = timespec(tv_sec: 0, tv_nsec: Int(time * 1e9) + 1)
        nanosleep(&request, nil)
    }

    // MARK: Results

    private static func unknown(_ reason: String) -> VerificationResult {
        VerificationResult(liveness: .unknown, reason: reason, time: UTCTime.now)
    }

    private static func unasked(_ reason: String, _ host: String, _ advice: String? = nil) -> Inquiry {
        Inquiry(
            result: VerificationResult(
                liveness: .unknown, reason: reason, advice: advice, time: UTCTime.now, host: host))
    }
}

extension VerificationResult {
    init(_ judgement: Judgement, _ host: String, _ response: Response) {
        self.init(
            liveness: judgement.liveness, reason: judgement.reason, advice: judgement.advice, time: UTCTime.now,
            host: host, status: response.status)
    }
}

extension Judgement {
    init(_ response: Response, of attempt: VerificationSpec.Attempt) {
        self = response.body.withBytes {
            Judgement(status: response.status, contentType: response.contentType, body: $0, of: attempt)
        }
    }
}
