import{a}from"./chunk-JETW546R.js";import"./chunk-SOSRXUAD.js";import"./chunk-QFEFAQND.js";export{a as Relations};
