package kb

import (
	"context"
	"net/netip"
)

// Client is the program through which someone asks, as far as an edge could tell.
type Client struct {
	// IP is the address that it asks from; empty for none.
	IP string
	// Device is the mark that an earlier sign-in left in the browser (Accounts.Mark).
	Device string
	// Browser is what it calls itself.
	Browser string
}

type clientKey struct{}

// WithClient says through which program a request came.
func WithClient(ctx context.Context, c Client) context.Context {
	return context.WithValue(ctx, clientKey{}, c)
}

// ClientOf gives through which program a request came.
func ClientOf(ctx context.Context) Client {
	c, _ := ctx.Value(clientKey{}).(Client)
	return c
}

// network is what one client can be held to: its address, or with IPv6 the /64
// that a single connection commonly has to itself.
func (c Client) network() string { return c.within(32, 64) }

// around is what one organisation or customer of a provider commonly has to itself:
// the /24 of an address, with IPv6 the /48.
func (c Client) around() string { return c.within(24, 48) }

// within is the network of so many bits that the address is in.
func (c Client) within(bits4, bits6 int) string {
	addr, err := netip.ParseAddr(c.IP)
	if err != nil {
		return "unknown"
	}
	addr = addr.Unmap().WithZone("")
	bits := bits6
	if addr.Is4() {
		bits = bits4
	}
	prefix, err := addr.Prefix(bits)
	if err != nil {
		return "unknown"
	}
	return prefix.String()
}
