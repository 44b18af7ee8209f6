/// The page's style sheet.
enum HTMLStyle {
    static let sheet = """
        :root { --text: #1b1f24; --faint: #59636e; --back: #fff; --box: #f6f8fa; --line: #d1d9e0; --link: #0550ae; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e6edf3; --faint: #9198a1; --back: #0d1117; --box: #161b22; --line: #3d444d;
            --link: #79b8ff; }
        }
        body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 60rem; margin: auto; padding: 1rem; }
        code, pre { font: 0.875rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
        pre { background: var(--box); padding: 0.5rem; margin: 0.25rem 0; white-space: pre-wrap; }
        a { color: var(--link); overflow-wrap: anywhere; }
        h2 { font-size: 1.1rem; } h3 { font-size: 1rem; }
        section { border: 1px solid var(--line); border-left-width: 0.4rem; border-radius: 0.3rem;
          padding: 0 1rem 0.5rem; margin: 1rem 0; }
        .critical { border-left-color: #a40e26; } .high { border-left-color: #d1242f; }
        .medium, .problems { border-left-color: #bf8700; } .low { border-left-color: #0969da; }
        .severity { text-transform: uppercase; font-size: 0.8rem; }
        .faint, dt, footer { color: var(--faint); margin: 0.1rem 0; }
        .verdict, .warning { font-weight: 600; border: 1px solid var(--line); border-radius: 0.3rem;
          padding: 0.5rem 1rem; }
        .verification.live, .verification.restricted { color: #d1242f; font-weight: 600; }
        .clean { border-color: #1a7f37; } .incomplete, .warning { border-color: #bf8700; }
        .findings { border-color: #d1242f; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; } dd { margin: 0; }
        @media print { details > * { display: block; } }
        """
}
