import Bytes
import Findings
import Reports
import Rules
import Scanner
import Verification

/// What libFuzzer calls. The first byte says what the rest is.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    guard let choice = bytes.first else { return 0 }
    let rest = bytes.slice(1..<count)
    switch choice % 5 {
    case 0: checkRules(rest, file: ".windsock.toml")
    case 1: checkRules(rest, file: ".gitleaks.toml")
    case 2: checkScan(rest)
    case 3: checkReports(rest)
    default: checkJudgement(rest)
    }
    return 0
}

// MARK: Rule files

private func checkRules(_ bytes: UnsafeRawBufferPointer, file: String) {
    do throws(RuleFileError) {
        let read = try RuleFile(text: String(decoding: bytes, as: UTF8.self), file: file)
        for rule in read.rules {
            precondition(!rule.id.isEmpty)
            _ = read.objections(to: rule, file: file)
        }
        _ = try RuleSet(rules: read.rules, allowlists: read.allowlists)
    } catch {
        precondition(!error.description.isEmpty)
    }
}

// MARK: Decoders and the scanner

/// A few rules of each kind: decoders are the same for all.
private let rules = """
    [[rules]]
    id = "fuzz-token"
    description = "d"
    severity = "high"
    confidence = "high"
    regex = '''\\bfuzz_([A-Za-z0-9]{8,64})\\b'''
    keywords = ["fuzz_"]
    [[rules]]
    id = "fuzz-key"
    description = "d"
    severity = "low"
    confidence = "medium"
    regex = '''(?i)key\\s{0,4}[:=]\\s{0,4}["']?([a-z0-9+/]{12,80})'''
    keywords = ["key"]
    """

nonisolated(unsafe) private let scanner: BlobScanner = {
    do throws(RuleFileError) {
        let read = try RuleFile(text: rules, file: "rules.toml")
        var options = BlobScanner.Options()
        options.maximumInflatedSize = 1 << 20
        return BlobScanner(engine: ScanEngine(try RuleSet(rules: read.rules)), options: options)
    } catch {
        fatalError("\(error)")
    }
}()

private func checkScan(_ bytes: UnsafeRawBufferPointer) {
    let path = [nil, "a.env", "b.json", "c.eml"][Int(bytes.first ?? 0) % 4]
    let result = scanner.scan(bytes, path: path)
    for detection in result.detections {
        precondition(detection.region.startLine >= 1 && detection.region.startColumn >= 1)
        precondition(detection.region.endLine >= detection.region.startLine)
        // What is shown is never the secret.
        let secret = detection.secret.bytes
        if secret.count >= 12, Set(secret).count > 3 {
            precondition(!holds(Array(detection.snippet.utf8), secret), "shows a secret")
        }
    }
    let again = scanner.scan(bytes, path: path)
    precondition(again.detections.map(\.region) == result.detections.map(\.region), "finds something else the next time")
}

private func holds(_ text: [UInt8], _ word: [UInt8]) -> Bool {
    text.count >= word.count
        && (0...(text.count - word.count)).contains { text[$0..<($0 + word.count)].elementsEqual(word) }
}

// MARK: Reports

private func checkReports(_ bytes: UnsafeRawBufferPointer) {
    let result: ScanResult
    do throws(JSONReport.Problem) {
        result = try JSONReport.result(of: Array(bytes))
    } catch {
        precondition(!error.description.isEmpty)
        return
    }
    for format in ReportFormat.allCases {
        let text = Report.write(result, as: format, options: ReportOptions(toolVersion: "1.2.3"))
        precondition(String(validating: text, as: UTF8.self) != nil, "\(format) is no UTF-8")
        switch format {
        case .json, .sarif, .gitlab: precondition(isJSON(text), "\(format) is no JSON")
        case .jsonl: precondition(text.split(separator: .lineFeed).allSatisfy { isJSON(Array($0)) }, "a line is no JSON")
        default: precondition(!text.contains(.escape), "\(format) steers a terminal")
        }
    }
}

private func isJSON(_ text: [UInt8]) -> Bool {
    do throws(JSONProblem) {
        _ = try JSONDocument(text)
        return true
    } catch {
        return false
    }
}

// MARK: What servers answer

private let specification: VerificationSpec = {
    let text = """
        [[rules]]
        id = "a"
        description = "d"
        regex = "a"
        [rules.verify]
        url = "https://api.example.com/"
        headers = { Authorization = "Bearer {{secret}}" }
        answers = [
          { status = [200], has = ["data"], equals = { object = "list" }, verdict = "live" },
          { status = [401, 403], has = ["error.message"], verdict = "dead" },
        ]
        """
    do throws(RuleFileError) {
        guard let found = try RuleFile(text: text, file: "a.toml").rules.first?.verification else { fatalError("none") }
        return found
    } catch {
        fatalError("\(error)")
    }
}()

private func checkJudgement(_ bytes: UnsafeRawBufferPointer) {
    let statuses = [200, 401, 403, 404, 429, 500, 301, 99, 0, -1]
    let types = ["application/json", "text/html", "", "application/json; charset=utf-8", "text/plain"]
    guard bytes.count >= 2 else { return }
    let body = bytes.slice(2..<bytes.count)
    for attempt in specification.attempts {
        let judgement = Judgement(
            status: statuses[Int(bytes[0]) % statuses.count], contentType: types[Int(bytes[1]) % types.count],
            body: body, of: attempt)
        precondition(!judgement.reason.isEmpty)
        // No status of a server's own trouble says anything about a key.
        if ![200, 401, 403].contains(statuses[Int(bytes[0]) % statuses.count]) {
            precondition(judgement.liveness == .unknown, "believes anybody")
        }
    }
    precondition(!Judgement(status: 200, contentType: String(decoding: body, as: UTF8.self), body: body, of: specification.attempts[0]).reason.isEmpty)
}
