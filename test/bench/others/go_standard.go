// The standard library of Go: compresses, sorts, searches by a regular expression, and encodes JSON.
package main

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"regexp"
	"sort"
	"strings"
)

type record struct {
	ID    int      `json:"id"`
	Name  string   `json:"name"`
	Tags  []string `json:"tags"`
	Price float64  `json:"price"`
}

func main() {
	var records []record
	seed := uint32(1)
	next := func() uint32 {
		seed = seed*1664525 + 1013904223
		return seed >> 8
	}
	for i := 0; i < 3000; i++ {
		name := fmt.Sprintf("item%d-%x", next()%1000, next()%65536)
		records = append(records, record{i, name, strings.Split(name, "-"), float64(next()%10000) / 4})
	}
	sort.Slice(records, func(i, j int) bool { return records[i].Name < records[j].Name })
	text, err := json.Marshal(records)
	check(err)
	var packed bytes.Buffer
	writer, err := flate.NewWriter(&packed, 6)
	check(err)
	_, err = writer.Write(text)
	check(err)
	check(writer.Close())
	unpacked, err := io.ReadAll(flate.NewReader(&packed))
	check(err)
	var again []record
	check(json.Unmarshal(unpacked, &again))
	found := regexp.MustCompile(`item(\d+)-([a-f]+)\d`).FindAllSubmatch(text, -1)
	fmt.Println(len(text), crc32.ChecksumIEEE(text), len(again), len(found))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
