# `make scan` and `make test` need nothing but Swift 6.1 or later: what else is missing on Debian they install.

REPO ?=
TREE ?=
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
# More flags for every build, for example SWIFTFLAGS="-j 1".
SWIFTFLAGS ?=
# For make bench: --history, --rounds N, --only NAME,…
BENCHFLAGS ?=

# On Linux Swift's own libraries go into the executable: it starts in half the time and runs where Swift is not installed.
RUNTIME = $(shell $(SWIFT) -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
RELEASE_FLAGS = -c release --product windsock $(if $(wildcard $(RUNTIME)_static/linux),--static-swift-stdlib)
WINDSOCK = .build/release/windsock
# What `make dist` builds.
PORTABLE = .build-dist/portable/windsock
SAMPLE = .build/sample-repository
MANUALS = $(PREFIX)/share/man/man1
# Where bash, zsh and fish look.
COMPLETIONS = $(PREFIX)/share/bash-completion/completions $(PREFIX)/share/zsh/site-functions \
	$(PREFIX)/share/fish/vendor_completions.d

.DEFAULT_GOAL = help

.PHONY: help
help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

.PHONY: scan
scan: build ## Scan a sample repository, or with REPO=path yours: its files, then its history.
ifeq ($(strip $(REPO)),)
	@Fixtures/sample-repository/build $(SAMPLE)
	@Scripts/scan $(WINDSOCK) --history $(SAMPLE)
else
	@Scripts/scan $(WINDSOCK) "$(REPO)"
endif

.PHONY: build
build: prerequisites ## Build the command, .build/release/windsock.
	@$(SWIFT) build $(RELEASE_FLAGS) $(SWIFTFLAGS)

.PHONY: test
test: test-prerequisites ## Run all tests, those of every rule included.
	@$(SWIFT) test --disable-xctest $(SWIFTFLAGS)

.PHONY: check-hooks
check-hooks: build ## Try the hooks beside the real pre-commit and lefthook, from PyPI.
	@.ci/pre-commit-test $(WINDSOCK)
	@.ci/hooks-test $(WINDSOCK)

.PHONY: check-servers
check-servers: build ## Try the servers for agents and editors with other people's clients, from PyPI.
	@.ci/mcp-test $(WINDSOCK)
	@.ci/lsp-test $(WINDSOCK)

.PHONY: check-spark
check-spark: build ## Audit 40 repositories on a real Spark cluster, of which a worker is killed; Spark comes from PyPI, minutes.
	@.ci/spark-test $(WINDSOCK)

.PHONY: check-images
check-images: build ## Plant keys in images made by umoci and buildah, from Debian, and try a real registry; as root.
	@Scripts/check-images .build/release/windsock

.PHONY: check-advise
check-advise: test-prerequisites ## Make 10,000 requests to a language model of all rules' examples: no secret is in one.
	@WINDSOCK_ADVISE_REQUESTS=10000 $(SWIFT) test --disable-xctest --filter RequestLeakTests $(SWIFTFLAGS)

# Seconds of each fuzzer of `make check-fuzz`.
FUZZ_SECONDS ?= 1200

.PHONY: check-fuzz
check-fuzz: test-prerequisites ## Throw damaged files at all that reads somebody else's, for an hour (FUZZ_SECONDS=1200 each).
	@Scripts/fuzz-pack $(FUZZ_SECONDS)
	@Scripts/fuzz documents $(FUZZ_SECONDS)
	@Scripts/fuzz texts $(FUZZ_SECONDS)

.PHONY: check-containers
check-containers: build ## Plant a key in each kind of container and document, made by its own tool, and look for it.
	@Scripts/plant-containers $(WINDSOCK)

.PHONY: dist
dist: test-prerequisites ## Make every package, in dist: archive, .deb, wheel, image, list of parts, digests.
	@SWIFT="$(SWIFT)" SWIFTFLAGS="$(SWIFTFLAGS)" Packaging/portable .build-dist $(PORTABLE)
	@Packaging/make-packages $(PORTABLE) .build-dist/libraries dist

.PHONY: check-size
check-size: ## Whether the portable executable is as small and starts as fast as promised.
	@Packaging/check-size $(PORTABLE)

.PHONY: check-packages
check-packages: ## Try every package in dist, in bare Debian systems among others; as root, with the network.
	@Packaging/check-packages dist

.PHONY: check-workflows
check-workflows: ## Lint workflows, action and template, and run what they run for each event.
	@Packaging/check-workflows $(WINDSOCK)

.PHONY: check-reproducible
check-reproducible: ## Build the portable executable once more, in another folder: the same bytes.
	@Packaging/check-reproducible $(PORTABLE)

.PHONY: check-dist
check-dist: test-prerequisites ## Run the tests of the command against the portable executable.
	@WINDSOCK_TESTED="$(abspath $(PORTABLE))" $(SWIFT) test --disable-xctest --filter CommandTests $(SWIFTFLAGS)

.PHONY: install
install: build ## Install the command, its manual page and completions in PREFIX (default /usr/local).
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(MANUALS)" $(foreach folder,$(COMPLETIONS),"$(DESTDIR)$(folder)")
	install -m 755 $(WINDSOCK) "$(DESTDIR)$(PREFIX)/bin/windsock"
	$(WINDSOCK) manual > "$(DESTDIR)$(MANUALS)/windsock.1"
	$(WINDSOCK) completions bash > "$(DESTDIR)$(word 1,$(COMPLETIONS))/windsock"
	$(WINDSOCK) completions zsh > "$(DESTDIR)$(word 2,$(COMPLETIONS))/_windsock"
	$(WINDSOCK) completions fish > "$(DESTDIR)$(word 3,$(COMPLETIONS))/windsock.fish"

.PHONY: bench
bench: build ## Run beside other scanners on TREE=path: time, memory and findings of each.
	@Scripts/bench --windsock $(WINDSOCK) $(BENCHFLAGS) "$(TREE)"

.PHONY: bench-matcher
bench-matcher: prerequisites ## Matching alone on TREE=path: bytes a second, calls of PCRE2 a megabyte.
	@SWIFT="$(SWIFT)" SWIFTFLAGS="$(SWIFTFLAGS)" Scripts/bench-matcher $(BENCHFLAGS) "$(TREE)"

.PHONY: provider-table
provider-table: build ## Write the tables of providers from the rules.
	@Scripts/provider-table $(WINDSOCK)

.PHONY: rule-fields
rule-fields: build ## Write the fields of rules into Rules/README.md and Rules/schema.json.
	@Scripts/rule-fields $(WINDSOCK)

.PHONY: transcript
transcript: build ## Write the transcript of README.md from what `make scan` prints.
	@Scripts/readme-transcript $(WINDSOCK)

.PHONY: format
format: ## Format the source.
	@$(SWIFT) format --in-place --recursive --parallel Sources Tests Plugins Benchmarks Examples Package.swift

.PHONY: lint
lint: ## Complain about source that is not formatted.
	@$(SWIFT) format lint --strict --recursive --parallel Sources Tests Plugins Benchmarks Examples Package.swift

.PHONY: clean
clean: ## Remove everything that was built.
	rm -rf .build .build-dist dist

# Tests of verification make certificates and a server.
.PHONY: test-prerequisites
test-prerequisites:
	@Scripts/prerequisites $(SWIFT) openssl python3

.PHONY: prerequisites
prerequisites:
	@Scripts/prerequisites $(SWIFT)
