import{a}from"./chunk-MUETPABD.js";import"./chunk-4UKOSGND.js";import"./chunk-IKXHTECM.js";export{a as Relations};
