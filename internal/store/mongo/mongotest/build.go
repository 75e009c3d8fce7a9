package mongotest

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// build gives the FerretDB program, which is kept in the user's cache under a
// hash of its sources, or ends the test where it cannot be made.
func build(t testing.TB) string {
	t.Helper()
	module, ok := module()
	if !ok {
		missing(t, "tools/ferretdb is not above the working directory")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	dir := filepath.Join(cache, "leerkring")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "ferretdb-"+fingerprint(t, module))
	if _, err := os.Stat(program); err == nil {
		return program
	}
	half, err := os.MkdirTemp(dir, "build-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(half)
	cmd := exec.Command("go", "build", "-o", filepath.Join(half, "ferretdb"), ".")
	cmd.Dir = module
	if output, err := cmd.CombinedOutput(); err != nil {
		missing(t, "FerretDB cannot be built: "+err.Error()+"\n"+string(output))
	}
	if err := os.Rename(filepath.Join(half, "ferretdb"), program); err != nil {
		t.Fatal(err)
	}
	return program
}

// module finds tools/ferretdb from the working directory, which go test sets to
// the folder of the package.
func module() (dir string, ok bool) {
	at, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for ; at != filepath.Dir(at); at = filepath.Dir(at) {
		dir := filepath.Join(at, "tools", "ferretdb")
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, true
		}
	}
	return "", false
}

func fingerprint(t testing.TB, module string) string {
	t.Helper()
	hash := sha256.New()
	hash.Write([]byte(runtime.Version()))
	for _, name := range []string{"go.mod", "go.sum", "main.go"} {
		text, err := os.ReadFile(filepath.Join(module, name))
		if err != nil {
			t.Fatal(err)
		}
		hash.Write(text)
	}
	return hex.EncodeToString(hash.Sum(nil))[:16]
}

// missing skips a test for want of a tool; where all tools must be there it fails.
func missing(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}
