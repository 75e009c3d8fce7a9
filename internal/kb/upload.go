package kb

import "time"

// Upload is a file that is on its way: what was asked for, and the address that its
// bytes may be sent to. How many of them came is what Blobs has of them.
type Upload struct {
	Head
	// Account is whose upload it is.
	Account ID `json:"account"`
	// Record, Name, Visibility and Replaces are those of the file to be (File);
	// FileVisibility and FileTeam are who it will be for.
	Record         ID         `json:"record"`
	Name           string     `json:"name"`
	FileVisibility Visibility `json:"fileVisibility"`
	FileTeam       ID         `json:"fileTeam,omitempty"`
	Replaces       ID         `json:"replaces,omitempty"`
	// Size is how many bytes are to come.
	Size int64 `json:"size"`
	// Secret is the SHA-256 of the secret in the address in hexadecimal.
	Secret    string    `json:"secret"`
	ExpiresAt time.Time `json:"expiresAt"`
	// SHA256 is written when all bytes are there, before they are made a blob: after a
	// crash between the two it tells which blob that is.
	SHA256 string `json:"sha256,omitempty"`
	// File is the file that was made of it; empty while bytes are to come.
	File ID `json:"file,omitempty"`
}

// Kind is KindUpload.
func (*Upload) Kind() Kind { return KindUpload }

// Label is the name of the file.
func (u *Upload) Label() string { return u.Name }

func (u *Upload) access() []string { return []string{AccessAdmins, AccessAccount(u.Account)} }

func (u *Upload) keys() []string { return []string{UploadKey(u.Secret)} }

// UploadKey is the unique key of an upload with the hash of its secret.
func UploadKey(secret string) string { return "upload:" + secret }

func (u *Upload) check(c *checker) {
	c.id("account", u.Account)
	c.id("record", u.Record)
	c.line("name", u.Name)
	oneOf(c, "fileVisibility", u.FileVisibility, VisibilityPublic, VisibilityMembers, VisibilityTeam)
	if u.Size < 0 {
		c.add("size", Text{"kan niet negatief zijn", "cannot be negative"})
	}
	c.hash("secret", u.Secret)
	if u.SHA256 != "" {
		c.hash("sha256", u.SHA256)
	}
}
