package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// clientsCommand is clients in a process of their own, so that what they cost is
// not taken for the server's. They read queries from stdin, a line each, ask them
// in turn without compression, and print what they measured.
type clientsCommand struct {
	URL     string        `required:""`
	Clients int           `default:"1"`
	For     time.Duration `default:"1s"`
}

// answers is what clients measured; times are in milliseconds.
type answers struct {
	Answers   int     `json:"answers"`
	PerSecond float64 `json:"perSecond"`
	P50       float64 `json:"p50"`
	P95       float64 `json:"p95"`
}

// Run asks until the time is over.
func (c *clientsCommand) Run(ctx context.Context) error {
	var bodies [][]byte
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		body, err := request(lines.Text())
		if err != nil {
			return err
		}
		bodies = append(bodies, body)
	}
	if err := lines.Err(); err != nil || len(bodies) == 0 {
		return errors.Join(errors.New("there are no queries"), err)
	}
	took := make([][]time.Duration, c.Clients)
	var next atomic.Int64
	start := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for i := range took {
		group.Go(func() error {
			client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
			defer client.CloseIdleConnections()
			for time.Since(start) < c.For {
				body := bodies[int(next.Add(1))%len(bodies)]
				began := time.Now()
				if err := post(ctx, client, c.URL, body); err != nil {
					return err
				}
				took[i] = append(took[i], time.Since(began))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	seconds := time.Since(start).Seconds()
	var all []time.Duration
	for _, t := range took {
		all = append(all, t...)
	}
	return json.NewEncoder(os.Stdout).Encode(answers{
		Answers: len(all), PerSecond: float64(len(all)) / seconds,
		P50: 1000 * quantile(all, .5).Seconds(), P95: 1000 * quantile(all, .95).Seconds(),
	})
}

func post(ctx context.Context, client *http.Client, url string, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	answer, err := io.ReadAll(res.Body)
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK || bytes.Contains(answer, []byte(`"errors"`)) {
		return fmt.Errorf("status %d: %.300s", res.StatusCode, answer)
	}
	return nil
}

// ask has clients ask for some time.
func ask(ctx context.Context, url string, clients int, during time.Duration, queries []string) (answers, error) {
	self, err := os.Executable()
	if err != nil {
		return answers{}, err
	}
	cmd := exec.CommandContext(ctx, self, "clients", "--url", url, "--clients", fmt.Sprint(clients), "--for", during.String())
	cmd.Stdin, cmd.Stderr = strings.NewReader(strings.Join(queries, "\n")), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return answers{}, fmt.Errorf("the clients: %w", err)
	}
	var a answers
	return a, json.Unmarshal(out, &a)
}
