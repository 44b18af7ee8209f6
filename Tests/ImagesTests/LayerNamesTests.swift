import Images
import Testing

/// What a layer takes away from those below it.
struct LayerNamesTests {
    @Test(
        arguments: [
            // What the upper layer has, and what becomes of srv/app/key.env.
            (["srv/app/.wh.key.env"], LayerNames.Fate.removed), (["./srv/app/.wh.key.env"], .removed),
            (["srv/.wh.app"], .removed), ([".wh.srv"], .removed), (["srv/app/.wh..wh..opq"], .removed),
            (["srv/.wh..wh..opq"], .removed), ([".wh..wh..opq"], .removed), (["/srv/app/.wh.key.env"], .removed),
            (["srv/app/key.env"], .replaced), (["srv/../srv/app/key.env"], .replaced), (["srv/app"], .removed),
            (["srv/app/.wh.key"], .stays), (["srv/app/.wh.key.env.bak"], .stays), (["other/.wh..wh..opq"], .stays),
            (["srv/app/other"], .stays), ([], .stays), (["srv/.wh..wh.plnk"], .stays),
        ])
    func aFileGoesWithWhatTakesItAway(_ upper: [String], _ fate: LayerNames.Fate) {
        var names = LayerNames()
        for path in upper { names.note(path, isFolder: false) }
        #expect(names.fate(of: "srv/app/key.env") == fate)
    }

    @Test func aFolderThatIsMentionedTakesNothingAway() {
        var names = LayerNames()
        names.note("srv", isFolder: true)
        names.note("srv/app/", isFolder: true)
        #expect(names.fate(of: "srv/app/key.env") == .stays)
    }
}
