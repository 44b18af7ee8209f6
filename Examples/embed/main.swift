import Foundation
import Windsock

let scanner = SecretScanner()  // made once, shared by all threads and tasks

let text = try String(contentsOfFile: "config.py", encoding: .utf8)
let report = scanner.scan(text, path: "config.py")
for finding in report.findings {
    print(finding.occurrences[0].region.startLine, finding.rule.id, finding.secret)  // the secret is redacted
}
for problem in report.problems { print("not searched:", problem.subject, problem.message) }
