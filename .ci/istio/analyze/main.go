// Analyzes Kubernetes and Istio objects in YAML as istioctl does those of a cluster, and prints what it finds as JSON, a list a file.
// The command istioctl itself passes over the Services, pods and namespaces of files.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/config/resource"
)

type finding struct {
	Code   string `json:"code"`
	Level  string `json:"level"`
	Object string `json:"object"`
}

func analyze(file string) ([]finding, error) {
	reader, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	analyzer := local.NewIstiodAnalyzer(analyzers.AllCombined(), resource.Namespace("default"),
		resource.Namespace("istio-system"), nil)
	if err := analyzer.AddTestReaderKubeSource([]local.ReaderSource{{Name: file, Reader: reader}}); err != nil {
		return nil, err
	}
	result, err := analyzer.Analyze(make(chan struct{}))
	if err != nil {
		return nil, err
	}
	found := []finding{}
	for _, message := range result.Messages {
		object := ""
		if message.Resource != nil {
			object = message.Resource.Origin.FriendlyName()
		}
		found = append(found, finding{message.Type.Code(), message.Type.Level().String(), object})
	}
	return found, nil
}

func main() {
	for _, file := range os.Args[1:] {
		found, err := analyze(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, file, err)
			os.Exit(1)
		}
		line, _ := json.Marshal(found)
		fmt.Println(string(line))
	}
}
