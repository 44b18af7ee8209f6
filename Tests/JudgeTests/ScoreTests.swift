import Testing

@testable import Judge

@Suite struct ScoreTests {
    @Test(arguments: [
        ("hunter2", true), ("correct-horse-battery-staple", true), ("Summer2024!", true), ("SuperSecretPassword", true),
        ("winter is coming", true), ("20240131123456", true), ("xK9fQ2mZ", true), ("contraseña segura", true),
        ("xK9fQ2mZr7Lw4TbV", false), ("9f86d081884c7d659a2feaa0c55ad015", false),
        ("q3Zx/8fKw+7LmN2pQrT9vYb1cD4eF6gH==", false), ("7c9e6679-7425-40de-944b-e07fc1f90ae7", false),
    ])
    func wordsAndShortValuesAreWeak(_ value: String, _ isWeak: Bool) {
        #expect(Sample(name: Array("password".utf8), value: Array(value.utf8)).score().isWeak == isWeak)
    }

    @Test(arguments: [
        (
            Score(thousandths: 812, name: 1340, value: -150, syntax: 49, isWeak: true),
            "0.812: name +1.3, value -0.1, syntax +0.0"
        ),
        (
            Score(thousandths: 5, name: -12_960, value: 0, syntax: 50, trees: -1, isWeak: true),
            "0.005: name -13.0, value +0.0, syntax +0.1, trees +0.0"
        ),
        (
            Score(thousandths: 1000, name: 1, value: -51, syntax: 999, isWeak: false),
            "1.000: name +0.0, value -0.1, syntax +1.0"
        ),
    ])
    func explanationsAreShort(_ score: Score, _ words: String) {
        #expect(score.words == words)
    }
}
