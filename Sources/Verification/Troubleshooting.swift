internal import Rules

extension Inquiry {
    /// What somebody does who expected the key to work: one line for each way in which it may not.
    ///
    /// - Parameter models: The models that it reaches, if the answer listed any.
    package func troubleshooting(models: ModelList?) -> String? {
        switch (result.liveness, result.status) {
        case (.live, _):
            models?.count == 0
                ? "the key works but reaches no model: choose a plan in the provider's console" : nil
        case (.restricted, _):
            "the key is known but lacks a permission or a plan: look at its workspace and plan in the provider's console"
        case (.dead, _):
            "the key was revoked, has expired, was not copied whole, or belongs to another product: compare its ends with the provider's console, or make a new one"
        case (.unknown, _): result.advice
        }
    }
}
