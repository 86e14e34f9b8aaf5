package main

import (
	"errors"
	"io/fs"

	"unroll"
)

// checkpoint is the model from which a training goes on; nil if there is none, or it isn't to.
func (f *trainingFlags) checkpoint() (*unroll.Model, error) {
	if !f.resume {
		return nil, nil
	}
	m, err := unroll.ReadModel(f.out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, reporterOf(f.cmd).say(ofNote, "there is no %s yet; training begins", f.out)
	}
	if err != nil {
		return nil, err
	}
	was, now := m.Settings(), f.allSettings()
	for _, name := range append([]string{"feed", "feedback", "reduce", "fill", "scale", "each"}, learned...) {
		if was[name] != now[name] {
			return nil, usage("--resume: %s was trained with %s, and this call has %s; give the same flags, or train anew without --resume",
				f.out, flagText(name, was[name]), flagText(name, now[name]))
		}
	}
	return m, nil
}

// allSettings are the flags of training that were given, and those of the graph.
func (f *trainingFlags) allSettings() map[string]string {
	all := f.settings()
	all["feed"], all["feedback"], all["reduce"], all["fill"] = f.feed, f.feedback, f.reduce, f.fill
	if f.scale != "none" {
		all["scale"] = f.scale
	}
	if f.each {
		all["each"] = "true"
	}
	return all
}

func flagText(name, value string) string {
	if value == "" {
		return "no --" + name
	}
	return "--" + name + " " + value
}
