package import Findings

/// What a language model has said of a secret: it stands beside what was decided, and decides nothing.
package struct Annotation: Sendable, Hashable {
    package var fingerprint: Fingerprint
    /// In the model's words, masked, on one line.
    package var text: String
    /// What the model is called.
    package var model: String
    /// When it was asked: seconds since 1970.
    package var time: Int

    package init(_ fingerprint: Fingerprint, text: String, model: String, time: Int) {
        self.fingerprint = fingerprint
        self.text = text
        self.model = model
        self.time = time
    }

    /// `a language model (mistral-small-latest, 2026-12-01) said: test-value`
    package var sentence: String {
        "a language model (\(model), \(CalendarDay(daysSince1970: time / 86_400))) said: \(text)"
    }
}

extension Store {
    /// Adds what was said, all or nothing.
    package func annotate(_ annotations: [Annotation]) throws(StoreError) {
        try database.transaction { () throws(StoreError) in
            for annotation in annotations {
                try database.run(
                    "INSERT INTO annotations (fingerprint, text, model, time) VALUES (?, ?, ?, ?)",
                    .text(annotation.fingerprint.description), .text(annotation.text), .text(annotation.model),
                    .integer(annotation.time))
            }
        }
    }

    /// What was said last of each secret, by what the secret is called.
    func annotations() throws(StoreError) -> [Fingerprint: Annotation] {
        var latest: [Fingerprint: Annotation] = [:]
        try database.rows(
            """
            SELECT coalesce(secrets.fingerprint, annotations.fingerprint), text, model, time
            FROM annotations LEFT JOIN fingerprints ON fingerprints.fingerprint = annotations.fingerprint
            LEFT JOIN secrets ON secrets.id = fingerprints.secret ORDER BY time, annotations.id
            """
        ) { row in
            guard let fingerprint = Fingerprint(row.text(0)) else { return }
            latest[fingerprint] = Annotation(
                fingerprint, text: row.text(1), model: row.text(2), time: row.integer(3))
        }
        return latest
    }
}
