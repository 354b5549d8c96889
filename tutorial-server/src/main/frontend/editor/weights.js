// Sliders for the weights of a route: together they stay at 100, and what they say is written into the text.

const WEIGHT = /^(\s*)weight:\s*(\d+)/;
const NAMED = /^\s*(?:- )?(?:subset|host):\s*(\S+)/;

// The first route of the text that has several weights: where each number stands, and the name beside it.
export function weightsIn(text) {
  const lines = text.split('\n');
  const starts = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length + 1;
  }
  let found = [];
  let name = '';
  for (let i = 0; i < lines.length; i++) {
    if (/^\s*(?:- )?route:/.test(lines[i]) || lines[i].startsWith('---')) {
      if (found.length > 1) {
        break;
      }
      found = [];
      name = '';
    }
    name = lines[i].match(NAMED)?.[1] ?? name;
    const weight = lines[i].match(WEIGHT);
    if (weight) {
      const from = starts[i] + weight[0].length - weight[2].length;
      found.push({ name, value: Number(weight[2]), from, to: from + weight[2].length });
    }
  }
  return found.length > 1 ? found : [];
}

// The others share what one leaves, in the proportions they have; where they have none, evenly.
export function balanced(values, index, value) {
  const rest = 100 - value;
  const others = values.map((_, i) => i).filter((i) => i !== index);
  const sum = others.reduce((total, i) => total + values[i], 0);
  const result = values.slice();
  result[index] = value;
  let left = rest;
  others.forEach((i, place) => {
    const share = sum === 0 ? rest / others.length : (rest * values[i]) / sum;
    result[i] = place === others.length - 1 ? left : Math.min(left, Math.round(share));
    left -= result[i];
  });
  return result;
}

export function weights(form, write) {
  const box = form.querySelector('.weights');
  let current = [];

  function draw() {
    box.hidden = current.length === 0;
    const rows = [...box.querySelectorAll('.weight')];
    if (rows.length !== current.length || rows.some((row, i) => row.dataset.name !== current[i].name)) {
      rows.forEach((row) => row.remove());
      current.forEach(({ name }, i) => box.append(row(name, i)));
    }
    current.forEach(({ value }, i) => {
      const [slider, output] = box.querySelectorAll('.weight')[i].querySelectorAll('input, output');
      slider.value = value;
      slider.max = Math.max(100, value);
      output.textContent = value;
    });
  }

  function row(name, index) {
    const label = document.createElement('label');
    label.className = `weight tone-${(index % 6) + 1}`;
    label.dataset.name = name;
    const text = document.createElement('span');
    text.textContent = name;
    const slider = document.createElement('input');
    slider.type = 'range';
    slider.min = 0;
    slider.addEventListener('input', () => change(index, Number(slider.value)));
    label.append(text, slider, document.createElement('output'));
    return label;
  }

  function change(index, value) {
    const wanted = balanced(current.map((weight) => weight.value), index, Math.min(100, value));
    write(current.map(({ from, to }, i) => ({ from, to, insert: String(wanted[i]) })));
  }

  return {
    read(text) {
      current = weightsIn(text);
      draw();
    },
  };
}
