/// The page's style sheet.
enum HTMLStyle {
    static let sheet = colours + layout + findings + print

    private static let colours = """
        :root { --text: #1b1f24; --faint: #59636e; --back: #fff; --box: #f6f8fa; --line: #d1d9e0; --link: #0550ae;
          --critical: #a40e26; --high: #cf222e; --medium: #9a6700; --low: #0969da; --good: #1a7f37; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e6edf3; --faint: #9198a1; --back: #0d1117; --box: #161b22; --line: #3d444d;
            --link: #79b8ff; --critical: #ff7b8a; --high: #ff7b72; --medium: #e3b341; --low: #79b8ff; --good: #56d364; }
        }

        """

    private static let layout = """
        * { box-sizing: border-box; }
        [hidden] { display: none !important; }
        body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif;
          overflow-wrap: anywhere; }
        main { max-width: 72rem; margin: auto; padding: 1rem; }
        code, pre { font: 0.875rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
        pre { background: var(--box); padding: 0.5rem; margin: 0.25rem 0; white-space: pre-wrap; }
        a { color: var(--link); }
        h1 { font-size: 1.5rem; margin: 0.5rem 0; } h2 { font-size: 1.1rem; } h3 { font-size: 1rem; }
        section { border: 1px solid var(--line); border-radius: 0.3rem; padding: 0 1rem 0.5rem; margin: 1rem 0; }
        .problems { border-left: 0.4rem solid var(--medium); }
        .faint, dt, footer { color: var(--faint); margin: 0.1rem 0; }
        .verdict, .warning { font-weight: 600; border: 1px solid var(--line); border-left-width: 0.4rem;
          border-radius: 0.3rem; padding: 0.5rem 1rem; }
        .clean { border-color: var(--good); } .incomplete, .warning { border-color: var(--medium); }
        .verdict.findings { border-color: var(--high); }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.1rem 1rem; } dd { margin: 0; }
        .numbers { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; margin: 1rem 0; color: var(--faint); }
        .numbers b { color: var(--text); font-size: 1.75rem; }
        figure { margin: 1rem 0; overflow-x: auto; } figcaption { color: var(--faint); }
        .chart text { fill: var(--faint); font-size: 10px; } .chart line { stroke: var(--line); }
        .chart .came { fill: var(--high); } .chart .went { fill: var(--good); }
        .exposure { margin: 1rem 0; } .exposure td + td, .exposure th + th { text-align: right; }
        .summary > div { max-height: 18rem; overflow: auto; }
        .summary { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; margin: 1rem 0; }
        table { border-collapse: collapse; } th { text-align: left; color: var(--faint); font-weight: 400; }
        td, th { padding: 0.1rem 0.75rem 0.1rem 0; } td:last-child, th:last-child { text-align: right; padding-right: 0.25rem; }
        tr[data-filter][tabindex] { cursor: pointer; } tr[data-filter][tabindex]:hover { background: var(--box); }
        tr.chosen { background: var(--box); font-weight: 600; }
        .controls { position: sticky; top: 0; z-index: 1; background: var(--back); padding: 0.5rem 0;
          border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
        .controls label { color: var(--faint); font-size: 0.875rem; }
        .controls input { flex: 1 1 12rem; } .controls select { max-width: 12rem; }
        .controls input, .controls select, .controls button { font: inherit; font-size: 0.9rem; min-height: 2rem;
          color: inherit; background: var(--box); border: 1px solid var(--line); border-radius: 0.3rem; padding: 0 0.5rem; }
        .controls output { color: var(--faint); margin-left: auto; }
        @media (max-width: 40rem) {
          main { padding: 0.5rem; } dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: 0.4rem; }
          .controls { position: static; } .controls input, .controls select { flex: 1 1 100%; max-width: none; }
          .controls button { min-height: 2.5rem; } .where { flex-basis: 100%; }
        }

        """

    private static let findings = """
        .finding { border: 1px solid var(--line); border-left: 0.4rem solid var(--line); border-radius: 0.3rem;
          margin: 0.4rem 0; padding: 0 0.75rem; content-visibility: auto; contain-intrinsic-size: auto 2.4rem; }
        .finding > summary { cursor: pointer; padding: 0.35rem 0; display: flex; flex-wrap: wrap; gap: 0 0.75rem;
          align-items: baseline; }
        .finding > summary::before { content: '\\25b8'; color: var(--faint); width: 0.75rem; }
        .finding[open] > summary::before { content: '\\25be'; }
        .finding > summary::-webkit-details-marker { display: none; }
        .finding.critical { border-left-color: var(--critical); } .finding.high { border-left-color: var(--high); }
        .finding.medium { border-left-color: var(--medium); } .finding.low { border-left-color: var(--low); }
        .severity { text-transform: uppercase; font-size: 0.75rem; font-weight: 600; min-width: 4.2rem; }
        .critical .severity { color: var(--critical); } .high .severity { color: var(--high); }
        .medium .severity { color: var(--medium); } .low .severity { color: var(--low); }
        .rule { font-weight: 600; } .where { color: var(--faint); font-size: 0.875rem; margin-left: auto; }
        .state { border: 1px solid var(--line); border-radius: 1rem; padding: 0 0.5rem; font-size: 0.75rem; }
        .finding p { margin: 0.3rem 0; } .finding ol { padding-left: 1.75rem; margin: 0.4rem 0; }
        .finding li { margin: 0.4rem 0; } .more { margin: 0.4rem 0; } .more > summary { cursor: pointer; }
        .verification.live, .verification.restricted { color: var(--high); font-weight: 600; }

        """

    /// On paper there is nothing to click: closed places are shown, too, whether or not the script has opened them.
    private static let print = """
        @media print {
          :root { --text: #000; --back: #fff; --box: #fff; --faint: #444; --line: #999; --link: #000; }
          .controls { display: none !important; } .summary > div { max-height: none; }
          .finding { content-visibility: visible; break-inside: avoid-page; }
          details::details-content { display: block; content-visibility: visible; block-size: auto; }
          details > * { display: block; }
          .finding > summary { display: flex; } .finding > summary::before { content: ''; width: 0; }
          main { max-width: none; padding: 0; }
        }
        """
}
