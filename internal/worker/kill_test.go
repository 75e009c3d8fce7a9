package worker_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/mail/mailtest"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/mongo/mongotest"
	"leerkring/internal/store/sqlite"
)

// childEnv makes the test binary a process that works until it is killed or all is
// done; its value holds a child.
const childEnv = "LEERKRING_TEST_WORKER"

// child says what a process works on.
type child struct {
	Dir   string // of the index, and of the embedded store
	Mongo string // the address of the store, empty for the embedded one
	SMTP  string
	Mails int // it says "done" when so many are there and none waits
}

func TestMain(m *testing.M) {
	text := os.Getenv(childEnv)
	if text == "" {
		os.Exit(m.Run())
	}
	var c child
	err := json.Unmarshal([]byte(text), &c)
	if err == nil {
		err = c.work()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (c child) store(ctx context.Context) (kb.Store, error) {
	if c.Mongo != "" {
		return mongo.Open(ctx, c.Mongo, mongo.Options{})
	}
	return sqlite.Open(ctx, c.Dir, sqlite.Options{})
}

// work works until its standard input ends, as it does with the test itself.
func (c child) work() error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	store, err := c.store(ctx)
	if err != nil {
		return err
	}
	o, err := open(store, c.Dir+"/index", newClock())
	if err != nil {
		return err
	}
	tick := make(chan time.Time)
	w, err := o.worker(c.SMTP, tick)
	if err != nil {
		return err
	}
	go func() {
		defer stop()
		var one [1]byte
		_, _ = os.Stdin.Read(one[:]) // until the end, whatever it is
	}()
	var ticking sync.WaitGroup
	ticking.Go(func() { c.tick(ctx, o, tick) })
	w.Run(ctx)
	ticking.Wait()
	if err := o.close(); err != nil {
		return err
	}
	return store.Close()
}

// tick lets minutes go by, and says when all is done.
func (c child) tick(ctx context.Context, o *opened, tick chan<- time.Time) {
	said := false
	for n := 0; ; n++ {
		select {
		case tick <- o.clock.now():
			o.clock.add(time.Minute)
		case <-ctx.Done():
			return
		}
		if said || n%100 != 0 {
			continue
		}
		all, err := readStates(o)
		if err == nil && len(all) == c.Mails && count(all)[kb.MailWaiting] == 0 {
			said = true
			fmt.Println("done")
		}
	}
}

// killer kills the process that works, at moments of conversations that it draws.
type killer struct {
	t      *testing.T
	random *rand.Rand

	mu    sync.Mutex
	cmd   *exec.Cmd
	wait  int // moments to go
	at    map[mailtest.Moment]int
	ended chan struct{} // closed when the process was killed
}

// start runs a process that is to be killed after some moments; never with wait < 0.
func (k *killer) start(c child, wait int) (ended chan struct{}, finish func()) {
	k.t.Helper()
	text, err := json.Marshal(c)
	must(k.t, err)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+string(text))
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	must(k.t, err)
	stdout, err := cmd.StdoutPipe()
	must(k.t, err)
	k.mu.Lock()
	defer k.mu.Unlock()
	must(k.t, cmd.Start())
	k.cmd, k.wait, k.ended = cmd, wait, make(chan struct{})
	return k.ended, func() {
		line, err := bufio.NewReader(stdout).ReadString('\n')
		if line != "done\n" {
			k.t.Errorf("the process that works said %q, %v", line, err)
		}
		_ = stdin.Close()
		if err := cmd.Wait(); err != nil {
			k.t.Error("the process that works:", err)
		}
	}
}

// moment is asked by the mail server; the other side is gone when it returns after a
// kill.
func (k *killer) moment(m mailtest.Moment) mailtest.Fault {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.wait < 0 {
		return mailtest.Fault{}
	}
	if k.wait--; k.wait >= 0 {
		return mailtest.Fault{}
	}
	// At the end of a letter the claim is being written: the kill falls before it,
	// in it or after it.
	time.Sleep(time.Duration(k.random.IntN(4_000)) * time.Microsecond)
	_ = k.cmd.Process.Kill()
	_ = k.cmd.Wait() // it was killed
	k.at[m]++
	close(k.ended)
	return mailtest.Fault{}
}

// prepare makes a store with events that nobody was told of yet.
func prepare(t *testing.T, c child, lessons int) {
	t.Helper()
	store, err := c.store(t.Context())
	must(t, err)
	for _, a := range people() {
		put(t, store, a)
	}
	_, _, err = kb.NewTeller(kb.TellerConfig{Store: store, Now: time.Now}).Step(t.Context()) // from here on
	must(t, err)
	for n := range lessons {
		submit(t, store, n)
	}
	must(t, store.Close())
}

// TestKills kills the process that works again and again, without warning, at every
// moment of its conversations with the mail server.
func TestKills(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killed(t, child{Dir: t.TempDir()}, 24) })
	t.Run("mongo", func(t *testing.T) { killed(t, child{Dir: t.TempDir(), Mongo: mongotest.URI(t)}, 8) })
}

func killed(t *testing.T, c child, kills int) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	k := &killer{t: t, random: rand.New(rand.NewPCG(seed, 1)), at: map[mailtest.Moment]int{}}
	server := mailtest.Start(t, mailtest.Options{At: k.moment})
	c.SMTP = server.Addr()
	lessons := kills + kills/2 // with two mails each, more than the kills take
	c.Mails = 2 * lessons
	prepare(t, c, lessons)

	for n := range kills {
		ended, _ := k.start(c, k.random.IntN(15))
		select {
		case <-ended:
		case <-time.After(30 * time.Second):
			t.Fatalf("after %d kills there was nothing more to kill at", n)
		}
	}
	_, finish := k.start(c, -1)
	finish()

	store, err := c.store(t.Context())
	must(t, err)
	defer func() { must(t, store.Close()) }()
	all, took := states(t, store), received(t, server)
	judge(t, all, took)
	came := 0
	for id, state := range all {
		if state == kb.MailHandingOver && took[id] == 1 {
			came++
		}
	}
	got := count(all)
	t.Logf("%d kills, at %v: %d mails sent and came once, %d hang between claim and answer, of which %d came",
		kills, k.at, got[kb.MailSent], got[kb.MailHandingOver], came)
	if len(all) != c.Mails || got[kb.MailWaiting]+got[kb.MailFailed] > 0 || got[kb.MailHandingOver] > kills {
		t.Errorf("%d mails: %v", len(all), got)
	}
}
