package feedproof_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"leerkring/internal/store/feedproof"
	"leerkring/internal/store/mongo/mongotest"
)

// writerEnv makes the test binary a writer; its value holds the options.
const writerEnv = "LEERKRING_TEST_FEED_WRITER"

func TestMain(m *testing.M) {
	text := os.Getenv(writerEnv)
	if text == "" {
		os.Exit(m.Run())
	}
	var opts feedproof.WriterOptions
	err := json.Unmarshal([]byte(text), &opts)
	if err == nil {
		err = feedproof.Writer(context.Background(), opts, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func TestFeed(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	report, err := feedproof.Run(ctx, feedproof.Options{
		URI: mongotest.URI(t), Writers: 4, MaxPause: 300 * time.Millisecond, Duration: 5 * time.Second,
		KillEvery: 600 * time.Millisecond, Seed: seed,
		Self: func(ctx context.Context, opts feedproof.WriterOptions) *exec.Cmd {
			text, err := json.Marshal(opts)
			if err != nil {
				t.Error(err)
			}
			cmd := exec.CommandContext(ctx, os.Args[0])
			cmd.Env = append(os.Environ(), writerEnv+"="+string(text))
			return cmd
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(report)
	if report.Acknowledged < 20 || report.Kills == 0 || report.KilledPaused == 0 {
		t.Errorf("too little happened to prove anything: %s", report)
	}
}
