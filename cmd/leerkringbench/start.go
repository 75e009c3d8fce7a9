package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type startCommand struct {
	Data  string `required:"" help:"A filled data folder, like one that the command import kept."`
	Times int    `default:"5" help:"How often to start."`
}

// Run starts the program and waits for /readyz, several times.
func (c *startCommand) Run(context.Context) error {
	var all []time.Duration
	for range c.Times {
		p, err := launch("--data", c.Data)
		if err != nil {
			return err
		}
		url, _, err := p.await("SERVING", time.Minute)
		if err == nil {
			err = get(url+"/readyz", 200, time.Minute)
		}
		all = append(all, time.Since(p.started))
		if err := errors.Join(err, said(p.kill())); err != nil {
			return err
		}
	}
	fmt.Printf("machine: %s\n", machine())
	fmt.Printf("start until /readyz, after a kill -9 each: %v; median %s\n", all, quantile(all, .5).Round(time.Millisecond))
	return nil
}
