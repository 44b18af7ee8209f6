/// What a run of verifications may do.
package struct VerifierOptions: Sendable {
    package var network: NetworkSettings
    package var endpoints = Endpoints()
    /// Requests a second to one host.
    package var rate = 5.0
    /// Seconds for the whole run.
    package var budgetSeconds = 300.0
    /// Requests for the whole run.
    package var budgetRequests = 1000
    /// Requests to one host for the whole run.
    package var requestsOfEachHost = Int.max
    /// Requests at the same time.
    package var concurrency = 8
    /// How often a request is made again after "too many requests".
    package var repetitions = 2
    /// Fingerprints that are never sent anywhere: canaries.
    package var excluded: Set<String> = []

    package init(network: NetworkSettings) { self.network = network }
}
