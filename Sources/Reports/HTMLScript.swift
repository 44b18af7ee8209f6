internal import Bytes

/// The page's script: search, filters, and everything open in print.
enum HTMLScript {
    /// Without `<`, `&` and quotes that a parser of XML would take for its own.
    static let text = """
        'use strict';
        (function () {
          const form = document.querySelector('.controls');
          if (!form) return;
          const all = Array.from(document.querySelectorAll('.findings-list > details'));
          const lists = Array.from(form.querySelectorAll('select'));
          const texts = new Map();
          const field = function (name) { return document.getElementById(name); };
          const text = function (finding) {
            if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
            return texts.get(finding);
          };
          const isWanted = function (finding, words) {
            for (const list of lists)
              if (list.value) if (!finding.dataset[list.id].split('|').includes(list.value)) return false;
            return words.every(function (word) { return text(finding).includes(word); });
          };
          const filter = function () {
            const words = field('search').value.toLowerCase().split(/\\s+/).filter(Boolean);
            let count = 0;
            for (const finding of all) {
              const wanted = isWanted(finding, words);
              finding.hidden = !wanted;
              if (wanted) count += 1;
            }
            field('count').textContent = count + ' of ' + all.length;
            for (const row of document.querySelectorAll('tr[data-filter]'))
              row.classList.toggle('chosen', field(row.dataset.filter).value === row.dataset.value);
          };
          const open = function (isOpen, places) {
            for (const details of document.querySelectorAll(places)) details.open = isOpen;
          };
          form.hidden = false;
          form.addEventListener('input', filter);
          form.addEventListener('submit', function (event) { event.preventDefault(); });
          form.addEventListener('reset', function () { setTimeout(filter, 0); });
          field('open').addEventListener('click', function () {
            const isOpen = all.some(function (finding) { return !finding.hidden ? !finding.open : false; });
            for (const finding of all) if (!finding.hidden) finding.open = isOpen;
          });
          for (const row of document.querySelectorAll('tr[data-filter]')) {
            row.tabIndex = 0;
            const choose = function () {
              const list = field(row.dataset.filter);
              list.value = list.value === row.dataset.value ? '' : row.dataset.value;
              filter();
            };
            row.addEventListener('click', choose);
            row.addEventListener('keydown', function (event) { if (event.key === 'Enter') choose(); });
          }
          window.addEventListener('beforeprint', function () { open(true, 'details'); });
          filter();
        })();
        """

    /// By which the page's policy knows the script, and no other.
    static let hash: String = {
        var hash = SHA256()
        hash.update(Array(text.utf8))
        return "sha256-" + String(decoding: Base64Bytes.encode(hash.finalize()), as: UTF8.self)
    }()
}
