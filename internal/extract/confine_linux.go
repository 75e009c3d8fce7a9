package extract

import (
	"os"
	"runtime/debug"
	"syscall"

	"github.com/landlock-lsm/go-landlock/landlock"
	kernel "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"kernel.org/pub/linux/libs/security/libcap/psx" // of all threads, with cgo and without
)

const (
	noNewPrivileges = 38 // PR_SET_NO_NEW_PRIVS, prctl(2)
	nice            = 10
	openFiles       = 256
	cpuSeconds      = 3600 // of all files together, should the parent be gone
	written         = 256 << 20
)

// confine gives up all that a child does not need, for good, and tells what this kernel
// does not take away: files, before Linux 5.13 or without landlock.
func confine(s setup) (missing []string, err error) {
	debug.SetMemoryLimit(s.Memory * 3 / 4)
	size := uint64(0)
	var paths []landlock.Rule
	if s.startsPrograms() {
		size = written
		paths = []landlock.Rule{
			landlock.RODirs("/usr", "/lib", "/lib64", "/bin", "/opt", "/proc", "/etc/fonts", "/etc/libreoffice", "/var/lib/libreoffice", "/var/spool/libreoffice").IgnoreIfMissing(),
			landlock.ROFiles("/etc/ld.so.cache").IgnoreIfMissing(),
			landlock.RWFiles("/dev/null", "/dev/urandom", "/dev/random").IgnoreIfMissing(),
			landlock.RWDirs(os.TempDir()),                                                  // its own
			landlock.PathAccess(kernel.AccessFSMakeSock|kernel.AccessFSRemoveFile, "/tmp"), // the socket that soffice insists on
		}
	}
	for resource, most := range map[int]uint64{
		syscall.RLIMIT_CORE: 0, syscall.RLIMIT_FSIZE: size, syscall.RLIMIT_NOFILE: openFiles,
		syscall.RLIMIT_CPU: cpuSeconds, syscall.RLIMIT_DATA: uint64(s.Memory) * 2,
	} {
		if err := syscall.Setrlimit(resource, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return nil, os.NewSyscallError("setrlimit", err)
		}
	}
	if _, _, err := psx.Syscall6(syscall.SYS_PRCTL, noNewPrivileges, 1, 0, 0, 0, 0); err != 0 {
		return nil, os.NewSyscallError("prctl", err)
	}
	if _, _, err := psx.Syscall3(syscall.SYS_SETPRIORITY, syscall.PRIO_PROCESS, 0, nice); err != 0 {
		return nil, os.NewSyscallError("setpriority", err)
	}
	if version, err := kernel.LandlockGetABIVersion(); err != nil || version < 1 {
		return []string{"files"}, nil
	}
	return nil, landlock.V5.BestEffort().RestrictPaths(paths...)
}
