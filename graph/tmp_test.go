package graph_test
import ("testing";"strings";"time";"fmt";"runtime"
"unroll/graph";"unroll/lang";"unroll/grad")
func TestTmp(t *testing.T){
 chain:=func(n int, f string) string { var b strings.Builder; b.WriteString("input y\na0 = y\n"); for i:=1;i<=n;i++ { fmt.Fprintf(&b, f+"\n", i, i-1) }; fmt.Fprintf(&b,"y ~ squared(a%d)\n",n); return b.String()}
 m:=map[string]string{
 "silu": "input y\nweight a\ny ~ squared("+strings.Repeat("silu(",60)+"a*y[t-1]"+strings.Repeat(")",60)+")\n",
 "gelu": "input y\nweight a\nm = "+strings.Repeat("log_softmax(gelu(",0)+strings.Repeat("layer_norm(",20)+"[1,2]*y[t-1]"+strings.Repeat(",1,0)",20)+"\ny ~ squared(sum(m))\n",
 "calls": "cell f(x)->h {\n h = tanh(x)\n}\n"+strings.Replace(chain(3000,"a%d = f(a%d)"),"","",1),
 "chain": chain(5000,"a%d = tanh(a%d)"),
 "chainrev": func() string { var b strings.Builder; b.WriteString("input y\n"); for i:=5000;i>=1;i-- { fmt.Fprintf(&b,"a%d = tanh(a%d)\n",i,i-1)}; b.WriteString("a0=y\ny ~ squared(a5000[t-1])\n"); return b.String()}(),
 "shapes": func() string { var b strings.Builder; b.WriteString("input y\nweight w\n"); for i:=1500;i>=1;i-- { fmt.Fprintf(&b,"weight W%d\na%d = W%d*a%d\n",i,i,i,i-1)}; b.WriteString("a0=y[t-1]*[1,2,3]\ny ~ squared(sum(a1500))\n"); return b.String()}(),
 "dbl": func() string { var b strings.Builder; b.WriteString("input y\na0 = y[t-1]\n"); for i:=1;i<=60;i++ { fmt.Fprintf(&b,"a%d = a%d + a%d*a%d\n",i,i-1,i-1,i-1)}; b.WriteString("z = a60\nq=total(z)\ny ~ squared(a60)\n"); return b.String()}(),
 "lagdbl": func() string { var b strings.Builder; b.WriteString("input y\na0 = y[t-1]\n"); for i:=1;i<=40;i++ { fmt.Fprintf(&b,"a%d = a%d[t-1] + a%d[t-%d]\n",i,i-1,i-1,i+1)}; b.WriteString("y ~ squared(a40)\n"); return b.String()}(),
 "lagexp": func() string { var b strings.Builder; b.WriteString("input y\na0 = y[t-1]\n"); n:=1; for i:=1;i<=16;i++ { fmt.Fprintf(&b,"a%d = a%d[t-%d] + a%d[t-%d]\n",i,i-1,n,i-1,2*n); n*=2}; b.WriteString("y ~ squared(a16)\n"); return b.String()}(),
 "winwin": func() string { var b strings.Builder; b.WriteString("input y\na0 = y[t-1]\n"); for i:=1;i<=4;i++ { fmt.Fprintf(&b,"a%d = sum(a%d[t-900 : t-1])\n",i,i-1)}; b.WriteString("y ~ squared(a4)\n"); return b.String()}(),
 "winstate": "input y\nstate h = y\nh = h[t-1]+y[t-1]\nk = sum(h[t-1000 : t-1])\ny ~ squared(k)\n",
 "winstate2": "input y\nstate h = 1\nh = sum(h[t-100 : t-1])+y[t-1]\nk = sum(h[t-900 : t-1])\ny ~ squared(k)\n",
 "winy": "input y\nk = sum(y[t-90000 : t-1])\ny ~ squared(k)\n",
 "bigw": "input y\nweight W[16777216]\nweight V[4096,4096] in (0,1)\ny ~ squared(sum(W)+V[0,0])\n",
 "bigfill": "input y\na = fill(1, 4000, 4000)\nb = fill(1,4000,4000)\ny ~ squared(sum(sum(a))*y[t-1])\n",
 "outer": "input y, x[1000000]\na = outer(x,x)\ny ~ squared(sum(sum(a)))\n",
 "mirror": "cell f(x) -> h {\n state h = 0\n h = h[t-1] + sum(x[t-20000 : t-1])\n}\ninput y known\ninput z\nb = backward f(y)\nz ~ squared(b)\n",
 "pow": "input y\na = (((2^1000)^1000)^1000)^1000\ny ~ squared(a)\n",
 "powmul": "input y\na0 = 2^1000\n"+func() string { var b strings.Builder; for i:=1;i<60;i++ { fmt.Fprintf(&b,"a%d = a%d*a%d\n",i,i-1,i-1)}; return b.String()}()+"y ~ squared(a59)\n",
 "powadd": "input y\nk = ((1+y)^1000 + (1+y)^999)^1000\ny ~ squared(k)\n",
 "max": "input y\nk = max("+strings.Repeat("y[t-1],",2000)+"1)\ny ~ squared(k)\n",
 "concat": "input y\nk = concat("+strings.Repeat("y[t-1],",2000)+"1)\ny ~ squared(sum(k))\n",
 "manyouts": "cell f(x)->h {\n h = x"+strings.Repeat("+x*x",200)+"\n}\ncell g(x)->h{\n a = f(x)\n b=f(a)\n c = f(b)\n d = f(c)\n h = d\n}\ncell k(x)->h{\n a = g(x)\n b=g(a)\n c = g(b)\n d = g(c)\n e = g(d)\n h = e\n}\ncell l(x)->h{\n a = k(x)\n b=k(a)\n c = k(b)\n d = k(c)\n e = k(d)\n h = e\n}\ninput y\na = l(y[t-1])\nb = l(a)\nc = l(b)\nd = l(c)\ny ~ squared(a)\n",
 "agg": func() string { var b strings.Builder; b.WriteString("input y\nstate h = 0\nh = y[t-1] + h[t-1]\na0 = h\n"); for i:=1;i<=300;i++ { fmt.Fprintf(&b,"a%d = total(a%d) + average(h-a%d)\n",i,i-1,i-1)}; b.WriteString("y ~ squared(a300)\n"); return b.String()}(),
 "quant": "input y\ny ~ quantile("+strings.Repeat("y[t-1],",500)+"0;"+strings.Repeat("0.5,",500)+"0.5)\n",
 "bigident": "size n = 3000\ninput y\nweight W[n,n] ~ orthogonal\nstate h[n] = 0\nh = W*h[t-1]+y[t-1]\ny ~ squared(sum(h))\n",
 "manystart": "input y\nstate h[1000000] = 1\nh = h[t-1]\ny ~ squared(sum(h))\n",
 }
 for _,name := range []string{"silu","gelu","calls","chain","chainrev","shapes","dbl","lagdbl","lagexp","winwin","winstate","winstate2","winy","bigw","bigfill","outer","mirror","pow","powmul","powadd","max","concat","manyouts","agg","quant","bigident","manystart"} {
  text:=m[name]
  done:=make(chan bool)
  go func(){
   for i,c := range runsOf() { if i==3 {continue}
   b:=time.Now()
   f,err:=lang.Parse(&lang.Source{Name:name,Text:text}); if err!=nil { fmt.Println(name,"parse",err); break }
   c.Assume=true
   g,err:=graph.Build(f,c)
   tb:=time.Since(b)
   msg:=""
   if err!=nil { msg=err.Error(); if len(msg)>150 {msg=msg[:150]} } else {
     d,err:=grad.Loss(g,nil); if err!=nil {msg="loss "+err.Error()} else { msg=fmt.Sprint(len(g.Nodes)," ",len(d.Graph.Nodes)) }
     if d != nil { if err:=graph.Verify(d.Graph); err!=nil { msg+=" VERIFY "+err.Error()[:100] } }
   }
   var ms runtime.MemStats; runtime.ReadMemStats(&ms)
   fmt.Println(name,i,tb.Milliseconds(),time.Since(b).Milliseconds(),"ms", ms.HeapAlloc>>20,"MB",msg)
   if err != nil { break }
   }
   close(done)
  }()
  select { case <-done: case <-time.After(20*time.Second): fmt.Println(name,"HANG"); }
 }
}
