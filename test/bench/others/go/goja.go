// Goja, an interpreter of JavaScript: runs a script with objects, strings, closures and sorting.
package main

import (
	"fmt"

	"github.com/dop251/goja"
)

const script = `
function Node(key) { this.key = key; this.left = this.right = null; }
function insert(tree, key) {
  if (!tree) return new Node(key);
  if (key < tree.key) tree.left = insert(tree.left, key);
  else tree.right = insert(tree.right, key);
  return tree;
}
function depth(tree) { return tree ? 1 + Math.max(depth(tree.left), depth(tree.right)) : 0; }
let seed = 1, tree = null, words = [];
const next = () => seed = (seed * 16807) % 2147483647;
for (let i = 0; i < 3000; i++) tree = insert(tree, next() % 100000);
for (let i = 0; i < 3000; i++) words.push("w" + (next() % 1000).toString(36));
const counts = {};
for (const word of words) counts[word] = (counts[word] || 0) + 1;
const sorted = Object.keys(counts).sort((a, b) => counts[b] - counts[a] || (a < b ? -1 : 1));
depth(tree) + " " + sorted.slice(0, 5).join(",") + " " + words.join("").replace(/w1(.)/g, "<$1>").length;
`

func main() {
	result, err := goja.New().RunString(script)
	if err != nil {
		panic(err)
	}
	fmt.Println(result)
}
