import Findings
import Reports
import Store

extension TriageModel {
    /// What a key does.
    package mutating func press(_ key: Key) -> [TriageEffect] {
        switch key {
        case .control("c"):
            if prompt == nil { return [.quit] }
        case .control("z"): return [.suspend]
        case .control("l"): return [.repaint]
        default: break
        }
        if prompt != nil { return answer(key) }
        message = ""
        if let effects = decisionKey(key) { return effects }
        return switch mode {
        case .list: listKey(key)
        case .detail: detailKey(key)
        case .help: helpKey(key)
        }
    }

    // MARK: The list

    private mutating func listKey(_ key: Key) -> [TriageEffect] {
        switch key {
        case .up, .character("k"): move(-1)
        case .down, .character("j"): move(1)
        case .pageUp, .control("b"): move(-listHeight)
        case .pageDown, .control("f"): move(listHeight)
        case .home, .character("g"): move(-selection.shown.count)
        case .end, .character("G"): move(selection.shown.count)
        case .character(" "):
            guard let current else { break }
            if marked.remove(current.fingerprint) == nil { marked.insert(current.fingerprint) }
            move(1)
        case .character("*"): markAll()
        case .character("/"): prompt = TriagePrompt(.filter(selection.filter), text: selection.filter)
        case .escape:
            if !marked.isEmpty { marked = [] } else { change { $0.search("") } }
        case .character("s"): change { $0.nextScope() }
        case .character("t"): change { $0.nextOrder() }
        case .character("l"): change { $0.toggleLow() }
        case .enter, .right:
            guard let current else { break }
            (mode, detail, scroll, place) = (.detail, nil, 0, 0)
            return [.load(current.id)]
        case .character("q"): return [.quit]
        default: return commonKey(key)
        }
        return []
    }

    private mutating func change(_ body: (inout TriageSelection) -> Void) {
        let fingerprint = current?.fingerprint
        body(&selection)
        cursor = selection.shown.firstIndex { selection.secrets[$0].fingerprint == fingerprint } ?? 0
        follow()
    }

    private mutating func markAll() {
        let all = selection.shown.map { selection.secrets[$0].fingerprint }
        if marked.isSuperset(of: all) { marked.subtract(all) } else { marked.formUnion(all) }
    }

    private mutating func commonKey(_ key: Key) -> [TriageEffect] {
        switch key {
        case .character("?"), .character("h"): (mode, scroll) = (.help, 0)
        case .character("R"): return [.reload]
        case .character("b"):
            guard mode == .detail else {
                message = "Enter shows where it stands; b opens a place of it then"
                break
            }
            return open()
        default: break
        }
        return []
    }

    // MARK: One secret

    private mutating func detailKey(_ key: Key) -> [TriageEffect] {
        switch key {
        case .escape, .left, .character("q"), .backspace: (mode, detail) = (.list, nil)
        case .up, .character("k"): roll(-1)
        case .down, .character("j"): roll(1)
        case .pageUp, .control("b"): roll(-listHeight)
        case .pageDown, .control("f"), .character(" "): roll(listHeight)
        case .home, .character("g"): scroll = 0
        case .end, .character("G"): roll(.max / 2)
        case .character("n"): choose(place + 1)
        case .character("p"): choose(place - 1)
        case .character("]"), .tab: return neighbour(1)
        case .character("["): return neighbour(-1)
        default: return commonKey(key)
        }
        return []
    }

    private mutating func roll(_ count: Int) {
        let all = mode == .help ? TriageView(self).help.count : TriageView(self).detail.lines.count
        scroll = max(0, min(scroll + count, all - listHeight))
    }

    private mutating func choose(_ number: Int) {
        guard let count = detail?.places.count, count > 0 else { return }
        place = max(0, min(number, count - 1))
        let starts = TriageView(self).detail.placeStarts
        guard starts.indices.contains(place) else { return }
        let line = starts[place]
        if line < scroll || line + 3 > scroll + listHeight { scroll = max(0, line - 1) }
    }

    private mutating func neighbour(_ step: Int) -> [TriageEffect] {
        move(step)
        guard let current else {
            (mode, detail) = (.list, nil)
            return []
        }
        (detail, scroll, place) = (nil, 0, 0)
        return [.load(current.id)]
    }

    private mutating func open() -> [TriageEffect] {
        guard let detail, detail.places.indices.contains(place) else { return [] }
        let chosen = detail.places[place]
        guard let address = chosen.address else {
            message = "\(chosen.repository) has no page on a forge that this place could be opened on"
            return []
        }
        message = address
        return [.open(address)]
    }

    // MARK: Help

    private mutating func helpKey(_ key: Key) -> [TriageEffect] {
        switch key {
        case .up, .character("k"): roll(-1)
        case .down, .character("j"): roll(1)
        case .pageUp: roll(-listHeight)
        case .pageDown, .character(" "): roll(listHeight)
        default: (mode, scroll) = (detail == nil ? .list : .detail, 0)
        }
        return []
    }
}

extension SecretDetail.Place {
    /// Where it is on the page of its repository; `nil` where that has none.
    package var address: String? {
        ForgeLinks(source, mode: occurrence.history == nil ? .tree : .history)?.address(of: occurrence)
    }
}
