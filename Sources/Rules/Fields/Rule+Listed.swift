extension Rule {
    /// All that the rule says, by the names that a rule file has for it; examples and short forms apart.
    package var listed: [ListedValue.Member] {
        let own = Self.fields.compactMap { field in
            field.listed?(self).map { ListedValue.Member(name: field.name, value: $0) }
        }
        return own + content.value.texts.value.members
    }
}
